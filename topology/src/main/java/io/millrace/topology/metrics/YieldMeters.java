package io.millrace.topology.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The meters of windows that wait in their topic; safe for many threads. */
public final class YieldMeters {
  private static final double NANOS_A_SECOND = 1e9;

  private final Map<Reason, Counter> waited = new EnumMap<>(Reason.class);

  /** Why windows wait. */
  public enum Reason {
    /** There are events to score. */
    SCORER_BEHIND,
    /** The learn task holds as many as it may. */
    PENDING_FULL
  }

  public YieldMeters(MeterRegistry registry) {
    for (Reason reason : Reason.values()) {
      waited.put(
          reason,
          Counter.builder("millrace.learn.waited")
              .description("Time for which windows had to wait in their topic, summed over threads")
              .baseUnit("seconds")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .register(registry));
    }
  }

  public void waited(Reason reason, long nanos) {
    waited.get(reason).increment(nanos / NANOS_A_SECOND);
  }
}
