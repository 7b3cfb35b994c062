package io.millrace.topology.demo;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Time from an event being due to what came of it being readable. Events due while the JVM still loads and compiles are kept apart: they tell of starting,
 * and count only where there are no others.
 */
final class Latency {
  static final Duration START_UP = Duration.ofSeconds(5);

  private final Histogram startUp = new Histogram(3);
  private final Histogram settled = new Histogram(3);
  private final long settledFrom;

  /** @param startMillis when the first event is due */
  Latency(long startMillis) {
    this.settledFrom = startMillis + START_UP.toMillis();
  }

  /** Both in milliseconds of one clock. */
  void add(long due, long readable) {
    (due < settledFrom ? startUp : settled).recordValue(Math.max(0, readable - due));
  }

  /** @return milliseconds */
  long percentile(double percentile) {
    Histogram told = settled.getTotalCount() > 0 ? settled : startUp;
    return told.getValueAtPercentile(percentile);
  }

  boolean isEmpty() {
    return settled.getTotalCount() + startUp.getTotalCount() == 0;
  }
}
