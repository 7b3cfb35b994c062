package io.millrace.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * What a measurement is of.
 *
 * @param shape for example {@code F16-H64-L1}
 * @param side for example {@code simd} or {@code libtorch}
 */
record Figure(String shape, String side) {
  private static final String AND = "And";

  /** The peer of that name is ND4J's own LSTM operation. */
  private static final Map<String, String> KERNELS = Map.of("nd4j", "oursOnNd4j");

  /**
   * The side is the class's name before the suite's suffix, or else the kernel of ours; the shape is the size, with {@code -head} or
   * {@code -windows} where the method takes those along.
   *
   * @param result of JMH
   */
  static Figure of(Suite suite, JsonNode result) {
    String[] names = result.get("benchmark").asText().split("\\.");
    String prefix = names[names.length - 2].replace(suite.suffix(), "");
    JsonNode params = result.path("params");
    return new Figure(
        params.get("size").asText() + extra(names[names.length - 1]),
        prefix.isEmpty() ? kernel(params.get("kernel").asText()) : decapitalized(prefix));
  }

  private static String extra(String method) {
    int and = method.indexOf(AND);
    return and < 0 ? "" : "-" + method.substring(and + AND.length()).toLowerCase(Locale.ROOT);
  }

  private static String kernel(String name) {
    return KERNELS.getOrDefault(name, name);
  }

  private static String decapitalized(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
