package io.millrace.model.scoring;

/**
 * Running moments of each feature of one key: of its level, and of its change from event to event.
 *
 * <p>Welford's update (Technometrics 1962) while the key is young; from {@code horizon} events on, each event weighs
 * 1/horizon and older ones fade. 24 bytes a feature.
 *
 * @param mean [F] of the level: raw units
 * @param variance [F] of the level: raw units squared, of the population
 * @param change [F] mean square of the change: raw units squared
 */
public record FeatureMoments(double[] mean, double[] variance, double[] change) {
  /** A spread below this part of the level is rounding, not signal. */
  private static final double RELATIVE_FLOOR = 1e-6;

  private static final double ABSOLUTE_FLOOR = 1e-12;

  public static FeatureMoments initial(int features) {
    return new FeatureMoments(new double[features], new double[features], new double[features]);
  }

  /**
   * The moments after one more event.
   *
   * @param steps events before this one
   * @param last [F] the event before: raw units
   * @param x [F] raw units
   */
  FeatureMoments after(long steps, double[] last, double[] x, double horizon) {
    double weight = Math.max(1.0 / (steps + 1), 1 / horizon);
    double changeWeight = steps == 0 ? 0 : Math.max(1.0 / steps, 1 / horizon);
    double[] nextMean = new double[x.length];
    double[] nextVariance = new double[x.length];
    double[] nextChange = new double[x.length];
    for (int f = 0; f < x.length; f++) {
      double delta = x[f] - mean[f];
      nextMean[f] = mean[f] + weight * delta;
      nextVariance[f] = (1 - weight) * (variance[f] + weight * delta * delta);
      double step = x[f] - last[f];
      nextChange[f] = change[f] + changeWeight * (step * step - change[f]);
    }
    return new FeatureMoments(nextMean, nextVariance, nextChange);
  }

  /** The level in the key's own units: 0 at its mean, 1 a standard deviation above; 0 while it has shown no spread. */
  double level(int f, double x) {
    double unit = unit(f, variance[f]);
    return unit == 0 ? 0 : (x - mean[f]) / unit;
  }

  /** A change in the key's own units: 1 is as large as its changes usually are; 0 while it has shown none. */
  double change(int f, double from, double to) {
    double unit = unit(f, change[f]);
    return unit == 0 ? 0 : (to - from) / unit;
  }

  /** The way back: where a change of so many units leads. */
  double changed(int f, double from, double units) {
    return from + units * unit(f, change[f]);
  }

  private double unit(int f, double square) {
    double unit = Math.sqrt(square);
    return unit > RELATIVE_FLOOR * Math.abs(mean[f]) + ABSOLUTE_FLOOR ? unit : 0;
  }
}
