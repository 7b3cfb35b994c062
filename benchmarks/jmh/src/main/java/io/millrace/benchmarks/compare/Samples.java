package io.millrace.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
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

  /** Median time: nanoseconds. */
  double nanos(Figure figure) {
    return median(nanos.get(figure));
  }

  /** The fastest iteration: nanoseconds. What the machine can do when nobody else is on it. */
  double fastest(Figure figure) {
    return Collections.min(nanos.get(figure));
  }

  /** Median of what Java's heap gave: bytes; natives' own memory is not seen. */
  double bytes(Figure figure) {
    return median(bytes.get(figure));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
