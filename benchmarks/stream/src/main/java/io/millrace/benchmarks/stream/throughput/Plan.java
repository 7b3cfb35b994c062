package io.millrace.benchmarks.stream.throughput;

import static io.millrace.benchmarks.stream.throughput.Setting.AT_LEAST_ONCE;
import static io.millrace.benchmarks.stream.throughput.Setting.EXACTLY_ONCE;

import io.millrace.benchmarks.stream.application.Variant;
import io.millrace.benchmarks.stream.harness.Cluster;
import io.millrace.benchmarks.stream.harness.Drain;
import io.millrace.benchmarks.stream.harness.Session;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is measured, and how long. C2 needs twelve seconds of a processor before all of Millrace is compiled, of which it gets a third; a
 * shorter warm-up measures that. The other variants have less to compile.
 *
 * <p>The full plan takes some 48 minutes where nothing else uses the machine; the quick one four and a half: ours two and a half,
 * the others one, half of one to send the events.
 *
 * @param eventsOfMany how many events there are for {@link #FEW} keys, and beyond their first events for more keys
 * @param ours for Millrace's own topology
 * @param others for all other variants
 */
record Plan(List<Setting> settings, long eventsOfMany, Drain ours, Drain others) {
  static final int FEW = 10_000;
  static final int MANY = 1_000_000;

  private static final List<Variant> ALL = List.of(Variant.values());
  private static final List<Variant> ALL_BUT_LEARN_CEILING =
      ALL.stream().filter(variant -> variant != Variant.LEARN_CEILING).toList();
  private static final List<Variant> OVER_STORES =
      List.of(Variant.STORES, Variant.CEILING, Variant.SCORE, Variant.LEARN);
  private static final List<Variant> NEEDED =
      List.of(Variant.CEILING, Variant.SCORE, Variant.LEARN);

  static final Plan FULL = new Plan(
      List.of(
          new Setting(FEW, EXACTLY_ONCE, 1, ALL, 2),
          new Setting(FEW, AT_LEAST_ONCE, 1, OVER_STORES, 2),
          new Setting(FEW, EXACTLY_ONCE, 2, OVER_STORES, 1),
          new Setting(FEW, AT_LEAST_ONCE, 2, OVER_STORES, 1),
          new Setting(MANY, EXACTLY_ONCE, 1, OVER_STORES, 3),
          new Setting(MANY, AT_LEAST_ONCE, 1, OVER_STORES, 1),
          new Setting(MANY, EXACTLY_ONCE, 2, NEEDED, 1),
          new Setting(MANY, AT_LEAST_ONCE, 2, NEEDED, 1)),
      8_000_000,
      new Drain(Duration.ofSeconds(40), Duration.ofSeconds(15), Duration.ofSeconds(90)),
      new Drain(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(90)));

  static final Plan QUICK = new Plan(
      List.of(new Setting(FEW, EXACTLY_ONCE, 1, ALL_BUT_LEARN_CEILING, 1)),
      6_500_000,
      new Drain(Duration.ofSeconds(40), Duration.ofSeconds(8), Duration.ofSeconds(50)),
      new Drain(Duration.ofSeconds(7), Duration.ofSeconds(5), Duration.ofSeconds(15)));

  static Plan of(boolean quick) {
    return quick ? QUICK : FULL;
  }

  /**
   * @param variants those to measure, beside the ceiling
   * @param only settings whose label matches
   */
  Plan narrowedTo(Set<Variant> variants, Pattern only) {
    return new Plan(
        settings.stream()
            .filter(setting -> only.matcher(setting.label()).matches())
            .map(setting -> setting.of(variants))
            .toList(),
        eventsOfMany,
        ours,
        others);
  }

  long events(int keys) {
    return keys <= FEW ? eventsOfMany : keys + eventsOfMany / 2;
  }

  Drain drain(Variant variant) {
    return variant.isOurs() ? ours : others;
  }

  /** Roughly what all of it takes, where nobody else uses the machine. */
  Duration expected() {
    long events =
        settings.stream().map(Setting::keys).distinct().mapToLong(this::events).sum();
    return settings.stream().map(this::expected).reduce(Cluster.expected(events), Duration::plus);
  }

  private Duration expected(Setting setting) {
    return setting.variants().stream()
        .map(variant -> Session.expected(drain(variant).expected(setting.keys())))
        .reduce(Duration.ZERO, Duration::plus)
        .multipliedBy(setting.rounds());
  }
}
