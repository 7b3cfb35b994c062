package io.millrace.topology.demo.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * When one device samples: every half hour of simulated time, at a minute of its own.
 *
 * @param offset from the full half hour to this device's turn; less than {@link #INTERVAL} minus {@link #JITTER}
 */
record Timetable(Duration offset) {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration INTERVAL = Duration.ofMinutes(30);

  /** A sample comes up to this much after its nominal time. */
  static final Duration JITTER = Duration.ofSeconds(30);

  static final int STEPS_PER_DAY = (int) Duration.ofDays(1).dividedBy(INTERVAL);

  Instant nominal(long step) {
    return START.plus(offset).plus(INTERVAL.multipliedBy(step));
  }
}
