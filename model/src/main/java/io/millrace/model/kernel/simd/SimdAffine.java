package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code z = W u + b} for one {@code u:[K]}: the product that a layer and the head have in common.
 *
 * <p>Rows are taken in strips of four vectors of {@code S} lanes, so that four sums in flight hide the latency of a fused
 * multiply-add; the vectors left over are strips of one. Each row is summed from its bias in ascending order of k. The weights are
 * read once, in the order in which they lie in memory, which bounds the time: 4 bytes a weight.
 *
 * <pre>
 *   packed [strips][1 + K][4 or 1][S]: the biases, then the weights of each k; rows beyond the last are zero
 * </pre>
 */
final class SimdAffine {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int WIDE = 4;

  /** The rows of [b, W]. */
  interface Source {
    /** @param into written: [1 + K] the row's b, then its weights */
    void read(int row, float[] into);
  }

  private final int columns;
  private final int vectors;
  private final float[] packed;

  SimdAffine(int rows, int columns, Source source) {
    this.columns = columns;
    this.vectors = padded(rows) / LANES;
    this.packed = new float[Math.multiplyExact(padded(rows), 1 + columns)];
    float[] line = new float[1 + columns];
    for (int row = 0; row < rows; row++) {
      source.read(row, line);
      pack(row, line);
    }
  }

  private void pack(int row, float[] line) {
    int vector = row / LANES;
    int width = vector < vectors / WIDE * WIDE ? WIDE : 1;
    int lane = row % (width * LANES);
    int strip = (row - lane) * (1 + columns);
    for (int k = 0; k < line.length; k++) {
      packed[strip + k * width * LANES + lane] = line[k];
    }
  }

  /** The length of a whole number of vectors that holds {@code rows}. */
  static int padded(int rows) {
    return Math.multiplyExact((rows + LANES - 1) / LANES, LANES);
  }

  /**
   * @param u read from {@code uAt}: [K]
   * @param z written from 0: [padded rows]
   */
  void apply(float[] u, int uAt, float[] z) {
    product(u, uAt, packed, 1 + columns, z);
  }

  /** {@code z = W u + z}: the bias is left out. */
  void accumulate(float[] u, int uAt, float[] z) {
    product(u, uAt, z, 1, z);
  }

  /** @param start what the sums start from: that of a vector {@code startStep} vectors after that of the one before */
  private void product(float[] u, int uAt, float[] start, int startStep, float[] z) {
    int vector = 0;
    for (; vector + WIDE <= vectors; vector += WIDE) {
      int at = vector * LANES;
      wide(packed, at * (1 + columns), u, uAt, columns, start, at * startStep, z, at);
    }
    for (; vector < vectors; vector++) {
      int at = vector * LANES;
      narrow(packed, at * (1 + columns), u, uAt, columns, start, at * startStep, z, at);
    }
  }

  private static void wide(
      float[] w,
      int wAt,
      float[] u,
      int uAt,
      int columns,
      float[] start,
      int startAt,
      float[] z,
      int zAt) {
    FloatVector z0 = FloatVector.fromArray(S, start, startAt);
    FloatVector z1 = FloatVector.fromArray(S, start, startAt + LANES);
    FloatVector z2 = FloatVector.fromArray(S, start, startAt + 2 * LANES);
    FloatVector z3 = FloatVector.fromArray(S, start, startAt + 3 * LANES);
    int weights = wAt + WIDE * LANES;
    for (int k = 0; k < columns; k++) {
      int at = weights + k * WIDE * LANES;
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      z0 = FloatVector.fromArray(S, w, at).fma(uk, z0);
      z1 = FloatVector.fromArray(S, w, at + LANES).fma(uk, z1);
      z2 = FloatVector.fromArray(S, w, at + 2 * LANES).fma(uk, z2);
      z3 = FloatVector.fromArray(S, w, at + 3 * LANES).fma(uk, z3);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + LANES);
    z2.intoArray(z, zAt + 2 * LANES);
    z3.intoArray(z, zAt + 3 * LANES);
  }

  private static void narrow(
      float[] w,
      int wAt,
      float[] u,
      int uAt,
      int columns,
      float[] start,
      int startAt,
      float[] z,
      int zAt) {
    FloatVector sum = FloatVector.fromArray(S, start, startAt);
    int weights = wAt + LANES;
    for (int k = 0; k < columns; k++) {
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      sum = FloatVector.fromArray(S, w, weights + k * LANES).fma(uk, sum);
    }
    sum.intoArray(z, zAt);
  }
}
