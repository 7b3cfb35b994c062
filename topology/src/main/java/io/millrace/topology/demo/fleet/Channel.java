package io.millrace.topology.demo.fleet;

import java.util.Locale;

/** What a device measures; the position is the position among an event's features. */
public enum Channel {
  TEMPERATURE("C", 45, 8, 6, 0.8),
  VIBRATION("mm/s", 2.5, 0.5, 0.6, 0.1),
  CURRENT("A", 12, 3, 3, 0.4),
  PRESSURE("bar", 6, 1, 0.8, 0.12);

  private final String unit;
  private final double level;
  private final double spread;
  private final double cycle;
  private final double noise;

  /**
   * All in the channel's unit.
   *
   * @param level mean over all devices
   * @param spread standard deviation of the devices' own levels around it
   * @param cycle typical amplitude of the daily cycle
   * @param noise typical standard deviation from sample to sample
   */
  Channel(String unit, double level, double spread, double cycle, double noise) {
    this.unit = unit;
    this.level = level;
    this.spread = spread;
    this.cycle = cycle;
    this.noise = noise;
  }

  /** As people read it, {@code temperature}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String unit() {
    return unit;
  }

  double level() {
    return level;
  }

  double spread() {
    return spread;
  }

  double cycle() {
    return cycle;
  }

  double noise() {
    return noise;
  }
}
