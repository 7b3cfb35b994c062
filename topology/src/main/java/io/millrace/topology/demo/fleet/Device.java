package io.millrace.topology.demo.fleet;

import io.millrace.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** One device: its character is drawn once, then sample follows sample. A pure function of seed and number. */
final class Device {
  private static final Channel[] CHANNELS = Channel.values();

  /** Each sensor is dead in one of so many samples. */
  private static final int BROKEN_ONE_IN = 16000;

  private final String key;
  private final Random random;
  private final Timetable times;
  private final FaultCalendar faults;
  private final List<HealthyChannel> channels;
  private final double[] last = new double[CHANNELS.length];
  private long step;

  Device(int number, long seed) {
    this.key = "device-%03d".formatted(number);
    this.random = new Random(mix(seed, 2L * number));
    this.times = new Timetable(offset(random));
    this.faults = new FaultCalendar(key, times, mix(seed, 2L * number + 1));
    double phase = random.nextDouble();
    this.channels =
        Stream.of(CHANNELS).map(c -> HealthyChannel.of(c, phase, random)).toList();
  }

  String key() {
    return key;
  }

  Duration offset() {
    return times.offset();
  }

  /** No later than the next sample, and later than every one before it. */
  Instant nextNominal() {
    return times.nominal(step);
  }

  Sample next() {
    Instant time =
        times.nominal(step).plusMillis(random.nextInt((int) Timetable.JITTER.toMillis()));
    Optional<Fault> fault = faults.at(step);
    measure(day(time), fault);
    int dead = random.nextInt(BROKEN_ONE_IN);
    Event event = new Event(key + "/" + step, time, features(dead), List.of(), null, false);
    return new Sample(key, step++, event, fault, dead < last.length);
  }

  private void measure(double day, Optional<Fault> fault) {
    for (int c = 0; c < last.length; c++) {
      Channel channel = CHANNELS[c];
      HealthyChannel healthy = channels.get(c);
      // Drawn in sickness and in health, so that what follows a fault is what would have been.
      double noise = random.nextGaussian() * healthy.noise();
      double before = last[c];
      last[c] = fault
          .filter(f -> f.channel() == channel)
          .map(f -> faulty(f, healthy, day, noise, before))
          .orElse(healthy.mean(day, healthy.amplitude()) + noise);
    }
  }

  private static double faulty(
      Fault fault, HealthyChannel healthy, double day, double noise, double before) {
    double mean = healthy.mean(day, healthy.amplitude());
    return switch (fault.kind()) {
      case SPIKE, LEVEL_SHIFT -> mean + fault.size() * healthy.deviation() + noise;
      case STUCK_SENSOR -> before;
      case NOISE_BURST -> mean + fault.size() * noise;
      case LOST_CYCLE -> healthy.mean(day, 0) + noise;
    };
  }

  /** @param dead the channel whose sensor gives nothing; none when there is no such channel */
  private List<Double> features(int dead) {
    List<Double> features = new ArrayList<>(last.length);
    for (int c = 0; c < last.length; c++) {
      features.add(c == dead ? Double.NaN : last[c]);
    }
    return features;
  }

  private static double day(Instant time) {
    return Duration.between(Timetable.START, time).toMillis()
        / (double) Duration.ofDays(1).toMillis();
  }

  private static Duration offset(Random random) {
    long room = Timetable.INTERVAL.minus(Timetable.JITTER).toMillis();
    return Duration.ofMillis(random.nextInt((int) room));
  }

  /** Neighbouring seeds of {@link Random} start alike: the finalizer of SplitMix64 drives them apart. */
  private static long mix(long seed, long stream) {
    long z = seed + (stream + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
