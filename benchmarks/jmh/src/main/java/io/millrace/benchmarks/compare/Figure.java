package io.millrace.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a measurement is of.
 *
 * @param shape for example {@code F16-H64-L1}
 * @param side for example {@code simd} or {@code libtorch}
 */
record Figure(String shape, String side) {
  private static final String HEAD = "AndHead";

  /**
   * The side is the class's name before the suite's suffix, or else the kernel of ours; the shape is the suite's, with the width where
   * the benchmark varies it, and {@code -head} where the method takes the head along.
   *
   * @param result of JMH
   */
  static Figure of(Suite suite, JsonNode result) {
    String[] names = result.get("benchmark").asText().split("\\.");
    String prefix = names[names.length - 2].replace(suite.suffix(), "");
    JsonNode params = result.path("params");
    String side = prefix.isEmpty() ? params.get("kernel").asText() : decapitalize(prefix);
    String width = params.has("hidden") ? "-H" + params.get("hidden").asText() : "";
    String head = names[names.length - 1].endsWith(HEAD) ? "-head" : "";
    return new Figure(suite.shape() + width + head, side);
  }

  private static String decapitalize(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
