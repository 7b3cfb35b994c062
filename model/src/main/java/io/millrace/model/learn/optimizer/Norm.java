package io.millrace.model.learn.optimizer;

/** Euclidean norms. */
public final class Norm {
  private Norm() {}

  /**
   * In double precision, where no square of a float overflows: finite exactly when every value is. The four sums, always added in
   * the same order, let the processor overlap what it must otherwise do one after the other.
   */
  public static double of(float[] values) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int n = 0;
    for (; n + 3 < values.length; n += 4) {
      s0 += (double) values[n] * values[n];
      s1 += (double) values[n + 1] * values[n + 1];
      s2 += (double) values[n + 2] * values[n + 2];
      s3 += (double) values[n + 3] * values[n + 3];
    }
    for (; n < values.length; n++) {
      s0 += (double) values[n] * values[n];
    }
    return Math.sqrt((s0 + s1) + (s2 + s3));
  }
}
