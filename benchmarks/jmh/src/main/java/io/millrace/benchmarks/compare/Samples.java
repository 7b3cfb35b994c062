package io.millrace.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.benchmarks.common.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that was measured, of all rounds. */
final class Samples {
  private final Suite suite;
  private final Map<Figure, List<Double>> nanos = new LinkedHashMap<>();
  private final Map<Figure, List<Double>> bytes = new LinkedHashMap<>();

  Samples(Suite suite) {
    this.suite = suite;
  }

  /** @param results of one run of JMH */
  void add(JsonNode results) {
    for (JsonNode result : results) {
      Figure figure = Figure.of(suite, result);
      addAll(nanos, figure, result.get("primaryMetric"));
      addAll(bytes, figure, result.get("secondaryMetrics").get("gc.alloc.rate.norm"));
    }
  }

  private static void addAll(Map<Figure, List<Double>> samples, Figure figure, JsonNode metric) {
    List<Double> own = samples.computeIfAbsent(figure, unseen -> new ArrayList<>());
    for (JsonNode fork : metric.get("rawData")) {
      fork.forEach(value -> own.add(value.asDouble()));
    }
  }

  Set<Figure> figures() {
    return nanos.keySet();
  }

  /** Time of a call, over all iterations of all rounds: nanoseconds. */
  Spread nanos(Figure figure) {
    return new Spread(nanos.get(figure));
  }

  /** Median of what Java's heap gave: bytes; natives' own memory is not seen. */
  double bytes(Figure figure) {
    return new Spread(bytes.get(figure)).median();
  }
}
