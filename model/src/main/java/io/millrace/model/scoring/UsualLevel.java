package io.millrace.model.scoring;

/**
 * Where each feature of one key usually lies, for networks that are shown levels: a plain mean and variance while the key is young;
 * from {@code horizon} events on, each event weighs 1/horizon and older ones fade. 16 bytes a feature.
 *
 * @param mean [D] raw units
 * @param variance [D] raw units squared
 */
public record UsualLevel(double[] mean, double[] variance) {

  public static UsualLevel initial(int features) {
    return new UsualLevel(new double[features], new double[features]);
  }

  /**
   * What is usual after one more event.
   *
   * @param steps events before this one
   * @param x [D] raw units
   */
  UsualLevel after(long steps, double[] x, double horizon) {
    double[] nextMean = new double[mean.length];
    double[] nextVariance = new double[mean.length];
    for (int f = 0; f < mean.length; f++) {
      Spread next = spread(f).after(steps, x[f], horizon);
      nextMean[f] = next.mean();
      nextVariance[f] = next.variance();
    }
    return new UsualLevel(nextMean, nextVariance);
  }

  Spread spread(int f) {
    return new Spread(mean[f], variance[f]);
  }
}
