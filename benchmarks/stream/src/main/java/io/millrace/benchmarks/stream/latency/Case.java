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
  static final String AT_LEAST_ONCE = "at_least_once";
  static final String EXACTLY_ONCE = "exactly_once_v2";

  private static final List<Case> ALL = List.of(
      new Case(AT_LEAST_ONCE, Variant.SCORE),
      new Case(AT_LEAST_ONCE, Variant.LEARN),
      new Case(EXACTLY_ONCE, Variant.SCORE),
      new Case(EXACTLY_ONCE, Variant.LEARN));

  static List<Case> of(Set<Variant> variants) {
    return ALL.stream().filter(one -> variants.contains(one.variant())).toList();
  }

  /** @param load {@code 500/s} or {@code half} */
  String label(String load) {
    return guarantee + "/" + variant.label() + "/" + load;
  }
}
