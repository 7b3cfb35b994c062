package io.millrace.benchmarks.stream.growth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.benchmarks.common.ResultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All points, as a table, as CSV and as JSON. */
final class GrowthReport {
  private static final double MIB = 1 << 20;

  private final List<Line> lines = new ArrayList<>();

  private record Line(Point point, Grown grown) {
    String store() {
      return point.store().name().toLowerCase(Locale.ROOT);
    }

    String encoding() {
      return point.encoding().name().toLowerCase(Locale.ROOT);
    }

    long diskBytesOfKey() {
      return grown.diskBytes() / point.keys();
    }

    long changelogBytesOfRow() {
      return grown.changelogBytes() / Math.max(1, grown.changelogRows());
    }
  }

  void add(Point point, Grown grown) {
    lines.add(new Line(point, grown));
  }

  String table() {
    StringBuilder table = new StringBuilder(String.format(
        "%-11s %9s %7s %7s %11s %-8s %-8s %9s %7s %9s %10s %13s %9s %9s %9s %10s%n",
        "grows",
        "keys",
        "hidden",
        "window",
        "partitions",
        "store",
        "encoding",
        "events/s",
        "cpu us",
        "disk MiB",
        "B per key",
        "changelog MiB",
        "B per row",
        "heap MiB",
        "rss MiB",
        "restore s"));
    for (Line line : lines) {
      Point point = line.point();
      Grown grown = line.grown();
      table.append(String.format(
          Locale.ROOT,
          "%-11s %9d %7d %7d %11d %-8s %-8s %9.0f %7.1f %9.1f %10d %13.1f %9d %9.1f %9.1f %10.1f%n",
          point.grows(),
          point.keys(),
          point.hidden(),
          point.window(),
          point.partitions(),
          line.store(),
          line.encoding(),
          grown.eventsPerSecond(),
          grown.cpuMicrosPerEvent(),
          grown.diskBytes() / MIB,
          line.diskBytesOfKey(),
          grown.changelogBytes() / MIB,
          line.changelogBytesOfRow(),
          grown.heapBytes() / MIB,
          grown.residentBytes() / MIB,
          grown.restoreSeconds()));
    }
    return table.toString();
  }

  ResultFile csv() {
    ResultFile file = new ResultFile(
        "grows",
        "keys",
        "hidden",
        "window",
        "partitions",
        "store",
        "encoding",
        "eventsPerSecond",
        "cpuMicrosPerEvent",
        "diskBytes",
        "diskBytesOfKey",
        "changelogBytes",
        "changelogBytesOfRow",
        "heapBytes",
        "residentBytes",
        "restoreSeconds");
    for (Line line : lines) {
      file.add(
          line.point().grows(),
          line.point().keys(),
          line.point().hidden(),
          line.point().window(),
          line.point().partitions(),
          line.store(),
          line.encoding(),
          line.grown().eventsPerSecond(),
          line.grown().cpuMicrosPerEvent(),
          line.grown().diskBytes(),
          line.diskBytesOfKey(),
          line.grown().changelogBytes(),
          line.changelogBytesOfRow(),
          line.grown().heapBytes(),
          line.grown().residentBytes(),
          line.grown().restoreSeconds());
    }
    return file;
  }

  ArrayNode json() {
    ArrayNode runs = new ObjectMapper().createArrayNode();
    for (Line line : lines) {
      runs.addObject()
          .put("grows", line.point().grows())
          .put("keys", line.point().keys())
          .put("hidden", line.point().hidden())
          .put("window", line.point().window())
          .put("partitions", line.point().partitions())
          .put("store", line.store())
          .put("encoding", line.encoding())
          .put("eventsPerSecond", Math.round(line.grown().eventsPerSecond()))
          .put("cpuMicrosPerEvent", line.grown().cpuMicrosPerEvent())
          .put("diskBytes", line.grown().diskBytes())
          .put("diskBytesOfKey", line.diskBytesOfKey())
          .put("changelogBytes", line.grown().changelogBytes())
          .put("changelogBytesOfRow", line.changelogBytesOfRow())
          .put("heapBytes", line.grown().heapBytes())
          .put("residentBytes", line.grown().residentBytes())
          .put("restoreSeconds", line.grown().restoreSeconds());
    }
    return runs;
  }
}
