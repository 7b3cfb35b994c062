package io.millrace.benchmarks.stream.latency;

import io.millrace.benchmarks.stream.application.Variant;
import io.millrace.benchmarks.stream.harness.Cluster;
import io.millrace.benchmarks.stream.harness.Drain;
import io.millrace.benchmarks.stream.harness.Session;
import io.millrace.benchmarks.stream.harness.Stalls;
import java.time.Duration;
import java.util.List;

/**
 * How long to measure. The full plan takes some half an hour, the quick one four and a half minutes.
 *
 * @param warmup of each run in which nothing is learned: nothing counts in it
 * @param learningWarmup the same of the others, which have more to compile
 * @param measure of each run
 * @param fastMeasure of each run at half the maximum, where there are many more events a second
 * @param drain by which the maximum is found
 * @param drained events for that
 * @param halved guarantees under which half the maximum is measured too
 */
record LatencyPlan(
    Duration warmup,
    Duration learningWarmup,
    Duration measure,
    Duration fastMeasure,
    Drain drain,
    long drained,
    List<String> halved) {
  static final LatencyPlan FULL = new LatencyPlan(
      Duration.ofSeconds(30),
      Duration.ofSeconds(30),
      Duration.ofSeconds(300),
      Duration.ofSeconds(60),
      new Drain(Duration.ofSeconds(20), Duration.ofSeconds(8), Duration.ofSeconds(60)),
      3_200_000,
      List.of(Case.AT_LEAST_ONCE, Case.EXACTLY_ONCE));

  static final LatencyPlan QUICK = new LatencyPlan(
      Duration.ofSeconds(12),
      Duration.ofSeconds(20),
      Duration.ofSeconds(15),
      Duration.ofSeconds(8),
      new Drain(Duration.ofSeconds(12), Duration.ofSeconds(4), Duration.ofSeconds(15)),
      1_500_000,
      List.of(Case.AT_LEAST_ONCE));

  static LatencyPlan of(boolean quick) {
    return quick ? QUICK : FULL;
  }

  Duration warmup(Variant variant) {
    return variant.isLearning() ? learningWarmup : warmup;
  }

  /**
   * Roughly what they take, where nobody else uses the machine.
   *
   * @param low cases measured at the low rate
   * @param half those measured at half of their maximum
   */
  Duration expected(List<Case> low, List<Case> half) {
    Duration all = Cluster.expected(half.isEmpty() ? 0 : drained).plus(Stalls.LOOK.multipliedBy(2));
    for (Case one : low) {
      all = all.plus(Session.expected(warmup(one.variant()).plus(measure)));
    }
    for (Case one : half) {
      all = all.plus(Session.expected(drain.expected(0)))
          .plus(Session.expected(warmup(one.variant()).plus(fastMeasure)));
    }
    return all;
  }
}
