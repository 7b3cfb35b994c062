package io.millrace.model.learn.optimizer;

import java.util.Arrays;

/** Euclidean norms. */
public final class Norm {
  /** Sums of squares side by side, so long that the loop over them is worth the compiler's vector instructions. */
  private static final int LANES = 512;

  /** Squares that one of those sums takes before it is added up in double precision. */
  private static final int DEPTH = 16;

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

  /**
   * The same within one part in 100,000, several times as fast: for what only asks whether it is finite or how long it is about. Values
   * below 1e-19 may count as nothing. Allocates 2 KiB.
   */
  public static double estimate(float[] values) {
    float[] sums = new float[LANES];
    double total = 0;
    int block = LANES * DEPTH;
    for (int from = 0; from < values.length; from += block) {
      int to = Math.min(values.length, from + block);
      double quick = inFloats(values, from, to, sums);
      total += Double.isFinite(quick) ? quick : squares(values, from, to);
    }
    return Math.sqrt(total);
  }

  private static double inFloats(float[] values, int from, int to, float[] sums) {
    Arrays.fill(sums, 0);
    for (int at = from; at < to; at += LANES) {
      addSquares(values, at, Math.min(LANES, to - at), sums);
    }
    double total = 0;
    for (float sum : sums) {
      total += sum;
    }
    return total;
  }

  private static void addSquares(float[] values, int at, int count, float[] sums) {
    for (int n = 0; n < count; n++) {
      sums[n] += values[at + n] * values[at + n];
    }
  }

  /** In doubles, where no square of a float overflows. */
  private static double squares(float[] values, int from, int to) {
    double total = 0;
    for (int n = from; n < to; n++) {
      total += (double) values[n] * values[n];
    }
    return total;
  }
}
