package io.millrace.topology.demo.fleet;

import java.util.Locale;

/** The ways in which a sensor or its machine goes wrong here. A day has 48 samples. */
public enum FaultKind {
  /** One sample far off. */
  SPIKE(1, 1, 6, 10),
  /** The level is another one for a while. */
  LEVEL_SHIFT(24, 72, 3, 5),
  /** The sensor repeats its last value. */
  STUCK_SENSOR(24, 72, 0, 0),
  /** The same mean, far more noise. */
  NOISE_BURST(12, 36, 8, 12),
  /** The machine no longer follows the day; every value is one that it has had before. */
  LOST_CYCLE(48, 96, 0, 0);

  private final int minSteps;
  private final int maxSteps;
  private final double minSize;
  private final double maxSize;

  /** @param minSize spike and shift: in standard deviations of the healthy channel; burst: times the healthy noise */
  FaultKind(int minSteps, int maxSteps, double minSize, double maxSize) {
    this.minSteps = minSteps;
    this.maxSteps = maxSteps;
    this.minSize = minSize;
    this.maxSize = maxSize;
  }

  /** As people read it, {@code level-shift}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int minSteps() {
    return minSteps;
  }

  int maxSteps() {
    return maxSteps;
  }

  double minSize() {
    return minSize;
  }

  double maxSize() {
    return maxSize;
  }
}
