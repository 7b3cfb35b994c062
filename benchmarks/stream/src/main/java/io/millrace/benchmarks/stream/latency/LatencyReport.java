package io.millrace.benchmarks.stream.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.benchmarks.common.ResultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All percentiles, as a table, as CSV and as JSON. */
final class LatencyReport {
  private final List<Line> lines = new ArrayList<>();

  /** @param load {@code 500/s} or {@code half}: half of what the same application can do */
  private record Line(Case of, String load, double rate, Percentiles millis) {}

  void add(Case of, String load, double rate, Percentiles millis) {
    lines.add(new Line(of, load, rate, millis));
  }

  String table() {
    StringBuilder table = new StringBuilder(String.format(
        "%-16s %-9s %-6s %9s %9s %9s %9s %9s %9s %9s%n",
        "guarantee",
        "learning",
        "load",
        "events/s",
        "events",
        "p50 ms",
        "p99",
        "p99.9",
        "p99.999",
        "max"));
    for (Line line : lines) {
      table.append(String.format(
          Locale.ROOT,
          "%-16s %-9s %-6s %9.0f %9d %9.2f %9.2f %9.2f %9.2f %9.2f%n",
          line.of().guarantee(),
          line.of().variant().isLearning(),
          line.load(),
          line.rate(),
          line.millis().events(),
          line.millis().p50(),
          line.millis().p99(),
          line.millis().p999(),
          line.millis().p99999(),
          line.millis().max()));
    }
    return table.toString();
  }

  ResultFile csv() {
    ResultFile file = new ResultFile(
        "guarantee",
        "learning",
        "load",
        "eventsPerSecond",
        "events",
        "p50Ms",
        "p99Ms",
        "p999Ms",
        "p99999Ms",
        "maxMs");
    for (Line line : lines) {
      file.add(
          line.of().guarantee(),
          line.of().variant().isLearning(),
          line.load(),
          line.rate(),
          line.millis().events(),
          line.millis().p50(),
          line.millis().p99(),
          line.millis().p999(),
          line.millis().p99999(),
          line.millis().max());
    }
    return file;
  }

  ArrayNode json() {
    ArrayNode runs = new ObjectMapper().createArrayNode();
    for (Line line : lines) {
      runs.addObject()
          .put("guarantee", line.of().guarantee())
          .put("learning", line.of().variant().isLearning())
          .put("load", line.load())
          .put("eventsPerSecond", Math.round(line.rate()))
          .put("events", line.millis().events())
          .put("p50", line.millis().p50())
          .put("p99", line.millis().p99())
          .put("p99.9", line.millis().p999())
          .put("p99.999", line.millis().p99999())
          .put("max", line.millis().max());
    }
    return runs;
  }
}
