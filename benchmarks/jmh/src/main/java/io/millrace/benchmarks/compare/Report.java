package io.millrace.benchmarks.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Samples as a table and as a line of JSON. Ratios are a side's median time over that of our {@code simd} kernel. */
final class Report {
  private static final String OURS = "simd";

  private final Suite suite;
  private final Samples samples;

  Report(Suite suite, Samples samples) {
    this.suite = suite;
    this.samples = samples;
  }

  String table() {
    StringBuilder table = new StringBuilder();
    table.append(String.format(
        "%-22s %-14s %14s %14s %10s %12s %12s%n",
        "shape", "side", "median ns", "fastest ns", "ratio", "of fastest", "heap bytes"));
    for (Figure figure : samples.figures()) {
      table.append(String.format(
          Locale.ROOT,
          "%-22s %-14s %14.0f %14.0f %10.2f %12.2f %12.0f%n",
          figure.shape(),
          figure.side(),
          samples.nanos(figure),
          samples.fastest(figure),
          ratio(figure),
          ratioOfFastest(figure),
          samples.bytes(figure)));
    }
    return table.toString();
  }

  private double ratio(Figure figure) {
    return samples.nanos(figure) / samples.nanos(ours(figure));
  }

  private double ratioOfFastest(Figure figure) {
    return samples.fastest(figure) / samples.fastest(ours(figure));
  }

  private static Figure ours(Figure figure) {
    return new Figure(figure.shape(), OURS);
  }

  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("benchmark", suite.label());
    json.put("jdk", Integer.toString(Runtime.version().feature()));
    ObjectNode ratios = json.putObject("ratios");
    ObjectNode ratiosOfFastest = json.putObject("ratiosOfFastest");
    ObjectNode nanos = json.putObject("nanos");
    ObjectNode fastest = json.putObject("fastestNanos");
    ObjectNode allocated = json.putObject("allocatedBytes");
    for (Figure figure : samples.figures()) {
      put(nanos, figure, Math.round(samples.nanos(figure)));
      put(fastest, figure, Math.round(samples.fastest(figure)));
      put(allocated, figure, Math.round(samples.bytes(figure)));
      if (!figure.side().equals(OURS)) {
        put(ratios, figure, rounded(ratio(figure)));
        put(ratiosOfFastest, figure, rounded(ratioOfFastest(figure)));
      }
    }
    json.put("allocatedBytesPer" + suite.unit(), Math.round(samples.bytes(firstOfOurs())));
    return json.toString();
  }

  private static double rounded(double ratio) {
    return Math.round(100 * ratio) / 100.0;
  }

  private static void put(ObjectNode shapes, Figure figure, double value) {
    shapes.withObjectProperty(figure.shape()).put(figure.side(), value);
  }

  private static void put(ObjectNode shapes, Figure figure, long value) {
    shapes.withObjectProperty(figure.shape()).put(figure.side(), value);
  }

  private Figure firstOfOurs() {
    return samples.figures().stream()
        .filter(figure -> figure.side().equals(OURS))
        .findFirst()
        .orElseThrow();
  }
}
