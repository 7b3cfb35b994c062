package io.millrace.benchmarks.stream.throughput;

import static io.millrace.benchmarks.stream.throughput.Setting.AT_LEAST_ONCE;
import static io.millrace.benchmarks.stream.throughput.Setting.EXACTLY_ONCE;

import io.millrace.benchmarks.stream.application.Variant;
import io.millrace.benchmarks.stream.harness.Drain;
import java.time.Duration;
import java.util.List;

/**
 * What is measured, and how long. C2 alone needs some ten seconds of a processor before a whole application is compiled; a shorter warm-up
 * measures that.
 *
 * @param eventsOfMany how many events there are for {@link #FEW} keys, and beyond their first events for more keys
 */
record Plan(List<Setting> settings, long eventsOfMany, Drain drain) {
  static final int FEW = 10_000;
  static final int MANY = 1_000_000;

  private static final List<Variant> ALL = List.of(Variant.values());
  private static final List<Variant> OURS =
      List.of(Variant.STORES, Variant.CEILING, Variant.SCORE, Variant.LEARN);
  private static final List<Variant> NEEDED =
      List.of(Variant.CEILING, Variant.SCORE, Variant.LEARN);

  static final Plan FULL = new Plan(
      List.of(
          new Setting(FEW, EXACTLY_ONCE, 1, ALL, 3),
          new Setting(FEW, AT_LEAST_ONCE, 1, ALL, 3),
          new Setting(FEW, EXACTLY_ONCE, 2, ALL, 3),
          new Setting(FEW, AT_LEAST_ONCE, 2, ALL, 3),
          new Setting(MANY, EXACTLY_ONCE, 1, OURS, 2),
          new Setting(MANY, AT_LEAST_ONCE, 1, OURS, 2),
          new Setting(MANY, EXACTLY_ONCE, 2, OURS, 2),
          new Setting(MANY, AT_LEAST_ONCE, 2, OURS, 2)),
      5_000_000,
      new Drain(Duration.ofSeconds(20), Duration.ofSeconds(15), Duration.ofSeconds(120)));

  static final Plan QUICK = new Plan(
      List.of(
          new Setting(FEW, EXACTLY_ONCE, 1, ALL, 1),
          new Setting(FEW, AT_LEAST_ONCE, 1, NEEDED, 1),
          new Setting(FEW, EXACTLY_ONCE, 2, NEEDED, 1)),
      1_500_000,
      new Drain(Duration.ofSeconds(9), Duration.ofSeconds(4), Duration.ofSeconds(15)));

  static Plan of(boolean quick) {
    return quick ? QUICK : FULL;
  }

  long events(int keys) {
    return keys <= FEW ? eventsOfMany : keys + eventsOfMany / 2;
  }
}
