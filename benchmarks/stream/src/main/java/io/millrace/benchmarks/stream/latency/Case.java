package io.millrace.benchmarks.stream.latency;

import io.millrace.benchmarks.stream.application.Variant;
import java.util.List;
import java.util.Set;

/**
 * One application whose latency is measured.
 *
 * @param guarantee as in the configuration
 */
record Case(String guarantee, Variant variant) {
  private static final List<Case> ALL = List.of(
      new Case("at_least_once", Variant.SCORE),
      new Case("at_least_once", Variant.LEARN),
      new Case("exactly_once_v2", Variant.SCORE),
      new Case("exactly_once_v2", Variant.LEARN));

  static List<Case> of(Set<Variant> variants) {
    return ALL.stream().filter(one -> variants.contains(one.variant())).toList();
  }

  /** @param load {@code 500/s} or {@code half} */
  String label(String load) {
    return guarantee + "/" + variant.label() + "/" + load;
  }
}
