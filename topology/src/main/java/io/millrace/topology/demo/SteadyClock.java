package io.millrace.topology.demo;

import java.util.concurrent.TimeUnit;

/** The wall clock for record times, which never steps: what was sent and what came back are compared by it. */
final class SteadyClock {
  private final long wallMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  /** Nanoseconds since this clock was made. */
  long nanos() {
    return System.nanoTime() - startNanos;
  }

  long millis() {
    return millisAt(nanos());
  }

  /** @param nanos as {@link #nanos} gives them */
  long millisAt(long nanos) {
    return wallMillis + TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
