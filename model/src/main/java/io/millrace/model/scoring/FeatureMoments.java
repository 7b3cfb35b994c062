package io.millrace.model.scoring;

/**
 * Running mean and variance of each feature of one key.
 *
 * <p>Welford's update (Technometrics 1962) while the key is young; from {@code horizon} events on, each event weighs
 * 1/horizon and older ones fade. 16 bytes a feature.
 *
 * @param mean [F] raw units
 * @param variance [F] raw units squared, of the population
 */
public record FeatureMoments(double[] mean, double[] variance) {
  /** A spread below this part of the level is rounding, not signal. */
  private static final double RELATIVE_FLOOR = 1e-6;

  private static final double ABSOLUTE_FLOOR = 1e-12;

  public static FeatureMoments initial(int features) {
    return new FeatureMoments(new double[features], new double[features]);
  }

  /**
   * The moments after one more event.
   *
   * @param steps events before this one
   * @param x [F] raw units
   */
  FeatureMoments after(long steps, double[] x, double horizon) {
    double weight = Math.max(1.0 / (steps + 1), 1 / horizon);
    double[] nextMean = new double[x.length];
    double[] nextVariance = new double[x.length];
    for (int f = 0; f < x.length; f++) {
      double delta = x[f] - mean[f];
      nextMean[f] = mean[f] + weight * delta;
      nextVariance[f] = (1 - weight) * (variance[f] + weight * delta * delta);
    }
    return new FeatureMoments(nextMean, nextVariance);
  }

  /** Raw units to the key's own: 0 at its mean, 1 a standard deviation above; 0 while it has shown no spread. */
  double normalize(int f, double x) {
    double deviation = deviation(f);
    return deviation == 0 ? 0 : (x - mean[f]) / deviation;
  }

  double denormalize(int f, double z) {
    return mean[f] + z * deviation(f);
  }

  private double deviation(int f) {
    double deviation = Math.sqrt(variance[f]);
    return deviation > RELATIVE_FLOOR * Math.abs(mean[f]) + ABSOLUTE_FLOOR ? deviation : 0;
  }
}
