package io.millrace.model.scoring;

/**
 * How a key forgets: a mean weighs all events alike while they are few, and from {@code horizon} events on each new one weighs
 * 1/horizon.
 */
record Fading(double recentHorizon, double horizon, double peakHorizon, int warmup) {
  /** The peak fades over half of the key's age, between its horizon and so many times that. */
  private static final double LONGEST_PEAK = 10;

  static Fading of(ScoringSettings settings) {
    return new Fading(
        settings.recentHorizon(),
        settings.surpriseHorizon(),
        settings.peakHorizon(),
        settings.warmup());
  }

  Fading withRecentHorizon(double other) {
    return new Fading(other, horizon, peakHorizon, warmup);
  }

  /** Weight of a new value in the short run. {@code count} is the number of values before it. */
  double shortRun(long count) {
    return Math.max(1.0 / (count + 1), 1 / recentHorizon);
  }

  /** Weight of a new value in the long run. */
  double longRun(long count) {
    return Math.max(1.0 / (count + 1), 1 / horizon);
  }

  /** The rarest moment after one more. An old key has seen more, so its rarest moment is remembered for longer. */
  double peak(long count, double peak, double rarity) {
    double fadesOver = Math.max(peakHorizon, Math.min(LONGEST_PEAK * peakHorizon, count / 2.0));
    return Math.max(rarity, faded(peak, fadesOver));
  }

  /**
   * By how much the moments of late have outdone the peak, all together: what comes on over several events raises the peak as it
   * comes, and must not be lost for that.
   */
  double outdone(double before, double peak, double rarity) {
    return faded(before, recentHorizon) + Math.max(0, rarity - peak);
  }

  /** Grows with the history while that is short: a few events cannot vouch for anything rare. */
  double trust(long count) {
    return count < warmup ? (double) count / warmup : 1;
  }

  static double faded(double value, double horizon) {
    return value * (1 - 1 / horizon);
  }
}
