package io.millrace.benchmarks.stream.latency;

import io.millrace.benchmarks.stream.harness.Drain;
import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmup of each run: nothing counts in it
 * @param measure of each run
 * @param fastMeasure of each run at half the maximum, where there are many more events a second
 * @param drain by which the maximum is found
 * @param drained events for that
 */
record LatencyPlan(
    Duration warmup, Duration measure, Duration fastMeasure, Drain drain, long drained) {
  static final LatencyPlan FULL = new LatencyPlan(
      Duration.ofSeconds(30),
      Duration.ofSeconds(300),
      Duration.ofSeconds(60),
      new Drain(Duration.ofSeconds(8), Duration.ofSeconds(8), Duration.ofSeconds(60)),
      1_500_000);

  static final LatencyPlan QUICK = new LatencyPlan(
      Duration.ofSeconds(8),
      Duration.ofSeconds(12),
      Duration.ofSeconds(8),
      new Drain(Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofSeconds(15)),
      400_000);

  static LatencyPlan of(boolean quick) {
    return quick ? QUICK : FULL;
  }
}
