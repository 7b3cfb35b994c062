package io.millrace.tests.fuzz;

import java.util.Optional;

/**
 * What to try, by system properties under {@code fuzz.}; an empty one is one that is not there.
 *
 * @param seed of all inputs
 * @param inputs for each decoder, divided by its cost
 * @param target the only decoder to try
 */
record FuzzSettings(long seed, long inputs, Optional<String> target) {

  static FuzzSettings ofSystemProperties(long inputs) {
    return new FuzzSettings(
        property("seed").map(Long::parseLong).orElse(1L),
        property("inputs").map(Long::parseLong).orElse(inputs),
        property("target"));
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty("fuzz." + name))
        .filter(value -> !value.isBlank());
  }

  boolean wants(FuzzTarget one) {
    return target.isEmpty() || target.get().equals(one.name());
  }
}
