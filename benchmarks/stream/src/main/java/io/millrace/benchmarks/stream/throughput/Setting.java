package io.millrace.benchmarks.stream.throughput;

import io.millrace.benchmarks.stream.application.Variant;
import io.millrace.topology.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is the same for all variants that are held against each other.
 *
 * @param guarantee as in the configuration
 * @param threads of the application's streams
 * @param variants in the order of the first round
 * @param rounds turns of each
 */
record Setting(int keys, String guarantee, int threads, List<Variant> variants, int rounds) {
  static final String EXACTLY_ONCE = "exactly_once_v2";
  static final String AT_LEAST_ONCE = "at_least_once";

  /** {@code KEYS/GUARANTEE/THREADS} */
  String label() {
    return keys + "/" + guarantee + "/" + threads;
  }

  /** Of these variants only, beside the ceiling. */
  Setting of(Set<Variant> wanted) {
    return new Setting(
        keys,
        guarantee,
        threads,
        variants.stream()
            .filter(variant -> variant == Variant.CEILING || wanted.contains(variant))
            .toList(),
        rounds);
  }

  Map<String, String> settings() {
    return Map.of(
        Settings.PROCESSING_GUARANTEE,
        guarantee,
        "streams.num.stream.threads",
        Integer.toString(threads));
  }
}
