package io.millrace.topology.demo.fleet;

import java.util.Optional;
import java.util.Random;

/** When one device goes wrong, and how: drawn as time goes on, from a source of its own, so that a fault never changes the healthy values. */
final class FaultCalendar {
  /** Healthy samples first: a device has to be known before it can surprise. */
  static final int FIRST_HEALTHY_STEPS = 200;

  private static final int MIN_GAP_STEPS = 100;
  private static final int MAX_GAP_STEPS = 900;

  private final String key;
  private final Timetable times;
  private final Random random;
  private Fault next;

  FaultCalendar(String key, Timetable times, long seed) {
    this.key = key;
    this.times = times;
    this.random = new Random(seed);
    this.next = draw(FIRST_HEALTHY_STEPS + random.nextInt(MAX_GAP_STEPS));
  }

  /** @param step not smaller than the one asked for before */
  Optional<Fault> at(long step) {
    while (step >= next.endStep()) {
      next =
          draw(next.endStep() + MIN_GAP_STEPS + random.nextInt(MAX_GAP_STEPS - MIN_GAP_STEPS + 1));
    }
    return next.covers(step) ? Optional.of(next) : Optional.empty();
  }

  private Fault draw(long first) {
    FaultKind kind = FaultKind.values()[random.nextInt(FaultKind.values().length)];
    Channel channel = Channel.values()[random.nextInt(Channel.values().length)];
    long end = first + kind.minSteps() + random.nextInt(kind.maxSteps() - kind.minSteps() + 1);
    double size = kind.minSize() + random.nextDouble() * (kind.maxSize() - kind.minSize());
    double signed = random.nextBoolean() ? size : -size;
    return new Fault(
        kind, key, channel, signed, first, end, times.nominal(first), times.nominal(end));
  }
}
