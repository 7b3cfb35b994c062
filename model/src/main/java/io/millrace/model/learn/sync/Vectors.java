package io.millrace.model.learn.sync;

/** Sums that both sides of the exchange must make alike. */
final class Vectors {
  private Vectors() {}

  /** sum += addend, in floats. */
  static void add(float[] sum, float[] addend) {
    for (int n = 0; n < sum.length; n++) {
      sum[n] += addend[n];
    }
  }
}
