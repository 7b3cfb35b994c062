package io.millrace.topology.demo.fleet;

import java.util.Random;

/**
 * One channel of one device in health: {@code level + drift * day + amplitude * cycle(day) + noise}. The cycle is a sine with a smaller one at
 * twice its frequency, so that mornings differ from evenings.
 *
 * @param drift per day, in the channel's unit
 * @param phase as a part of a day
 */
record HealthyChannel(double level, double drift, double amplitude, double phase, double noise) {
  private static final double SECOND_HARMONIC = 0.35;

  static HealthyChannel of(Channel channel, double devicePhase, Random random) {
    double amplitude = channel.cycle() * (0.5 + random.nextDouble());
    return new HealthyChannel(
        channel.level() + channel.spread() * random.nextGaussian(),
        amplitude * 0.02 * random.nextGaussian(),
        amplitude,
        devicePhase + 0.05 * random.nextGaussian(),
        channel.noise() * (0.5 + random.nextDouble()));
  }

  /** The mean at that time, without noise. */
  double mean(double day, double amplitude) {
    double angle = 2 * Math.PI * (day + phase);
    return level
        + drift * day
        + amplitude * (Math.sin(angle) + SECOND_HARMONIC * Math.sin(2 * angle));
  }

  /** Standard deviation over a day. */
  double deviation() {
    double cycle = amplitude * amplitude * (1 + SECOND_HARMONIC * SECOND_HARMONIC) / 2;
    return Math.sqrt(cycle + noise * noise);
  }
}
