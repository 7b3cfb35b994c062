package io.millrace.benchmarks.stream.latency;

import java.time.Duration;

/**
 * When events are due: fixed beforehand, so that waiting behind a slow one is counted for every event that had to wait.
 *
 * @param rate events a second
 * @param warmup events due in it are sent and read, but not counted
 * @param measure events due in it are
 */
record OpenLoop(double rate, Duration warmup, Duration measure) {
  private static final double NANOS = 1e9;

  /** How many are sent. */
  long events() {
    return uncounted() + (long) (rate * measure.toNanos() / NANOS);
  }

  /** How many of them come first and do not count. */
  long uncounted() {
    return (long) (rate * warmup.toNanos() / NANOS);
  }

  /** Nanoseconds from the first event until the n-th is due. */
  long due(long n) {
    return (long) (n / rate * NANOS);
  }
}
