package io.millrace.benchmarks.stream.latency;

import java.time.Duration;

/**
 * When events are due: fixed beforehand, so that waiting behind a slow one is counted for every event that had to wait. The rate
 * rises evenly in the first half of the warm-up, while the JVM compiles, and stays from there on.
 *
 * @param rate events a second
 * @param warmup events due in it are sent and read, but not counted
 * @param measure events due in it are
 */
record OpenLoop(double rate, Duration warmup, Duration measure) {
  private static final double NANOS = 1e9;

  /** How many are sent. */
  long events() {
    return uncounted() + (long) (rate * seconds(measure));
  }

  /** How many of them come first and do not count. */
  long uncounted() {
    return (long) (rate * (seconds(warmup) - rise() / 2));
  }

  /** Nanoseconds from the start until the n-th event is due. */
  long due(long n) {
    double risen = rate * rise() / 2;
    double seconds = n < risen ? Math.sqrt(2 * n * rise() / rate) : rise() + (n - risen) / rate;
    return Math.round(seconds * NANOS);
  }

  /** Seconds until the rate is reached; after t of them, {@code rate t^2 / (2 rise)} events were due. */
  private double rise() {
    return seconds(warmup) / 2;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
