package io.millrace.benchmarks.stream.throughput;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.benchmarks.common.ResultFile;
import io.millrace.benchmarks.common.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All outcomes: medians of the rounds, as a table, as CSV and as JSON. */
final class ThroughputReport {
  private final Map<Run, List<Outcome>> outcomes = new LinkedHashMap<>();

  void add(Run run, Outcome outcome) {
    outcomes.computeIfAbsent(run, unseen -> new ArrayList<>()).add(outcome);
  }

  /**
   * @param spread of the events a second: the distance of the quartiles over the median
   * @param ofCeiling events a second over those of the same topology without the network
   */
  private record Line(
      Run run,
      double eventsPerSecond,
      double cpuMicrosPerEvent,
      double spread,
      double ofCeiling,
      long windowsBehind) {}

  private List<Line> lines() {
    return outcomes.keySet().stream().map(this::line).toList();
  }

  private Line line(Run run) {
    Spread rate = spread(run, Outcome::eventsPerSecond);
    return new Line(
        run,
        rate.median(),
        spread(run, Outcome::cpuMicrosPerEvent).median(),
        rate.relative(),
        rate.median() / spread(run.ceiling(), Outcome::eventsPerSecond).median(),
        Math.round(spread(run, Outcome::windowsBehind).median()));
  }

  private Spread spread(Run run, ToDoubleFunction<Outcome> figure) {
    return new Spread(outcomes.get(run).stream().map(figure::applyAsDouble).toList());
  }

  String table() {
    StringBuilder table = new StringBuilder(String.format(
        "%-9s %-16s %-8s %-12s %10s %8s %8s %10s %9s%n",
        "keys",
        "guarantee",
        "threads",
        "variant",
        "events/s",
        "cpu us",
        "spread",
        "ofCeiling",
        "behind"));
    for (Line line : lines()) {
      table.append(String.format(
          Locale.ROOT,
          "%-9d %-16s %-8d %-12s %10.0f %8.1f %8.2f %10.2f %9d%n",
          line.run().keys(),
          line.run().guarantee(),
          line.run().threads(),
          line.run().variant().label(),
          line.eventsPerSecond(),
          line.cpuMicrosPerEvent(),
          line.spread(),
          line.ofCeiling(),
          line.windowsBehind()));
    }
    return table.toString();
  }

  ResultFile csv() {
    ResultFile file = new ResultFile(
        "keys",
        "guarantee",
        "threads",
        "variant",
        "eventsPerSecond",
        "cpuMicrosPerEvent",
        "spread",
        "ofCeiling",
        "windowsBehind");
    for (Line line : lines()) {
      file.add(
          line.run().keys(),
          line.run().guarantee(),
          line.run().threads(),
          line.run().variant().label(),
          line.eventsPerSecond(),
          line.cpuMicrosPerEvent(),
          line.spread(),
          line.ofCeiling(),
          line.windowsBehind());
    }
    return file;
  }

  ArrayNode json() {
    ArrayNode runs = new ObjectMapper().createArrayNode();
    for (Line line : lines()) {
      runs.addObject()
          .put("keys", line.run().keys())
          .put("guarantee", line.run().guarantee())
          .put("threads", line.run().threads())
          .put("variant", line.run().variant().label())
          .put("learning", line.run().variant().isLearning())
          .put("eventsPerSecond", Math.round(line.eventsPerSecond()))
          .put("cpuMicrosPerEvent", hundredths(line.cpuMicrosPerEvent()))
          .put("spread", hundredths(line.spread()))
          .put("ofCeiling", hundredths(line.ofCeiling()))
          .put("windowsBehind", line.windowsBehind());
    }
    return runs;
  }

  private static double hundredths(double value) {
    return Math.round(100 * value) / 100.0;
  }
}
