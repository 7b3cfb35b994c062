package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;

/** {@code z = W u + b} for one {@code u:[K]}: the product that the numbers of a row and the head have in common. */
final class SimdAffine {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** Where b is among the columns of W. */
  static final int BIAS = -1;

  private final SimdMatrix weights;
  private final float[] bias;
  private final int biasAt;

  /** @param source of W, and of b in column {@link #BIAS} */
  SimdAffine(int rows, int columns, SimdMatrix.Source source) {
    this.weights = SimdMatrix.of(rows, columns, source);
    CacheLines.Part<float[]> part = bias(rows, source);
    this.bias = part.array();
    this.biasAt = part.at();
  }

  /** Column {@link #BIAS} alone, padded to whole vectors. */
  static CacheLines.Part<float[]> bias(int rows, SimdMatrix.Source source) {
    CacheLines.Part<float[]> bias = CacheLines.FLOATS.take(padded(rows));
    for (int row = 0; row < rows; row++) {
      bias.array()[bias.at() + row] = source.at(row, BIAS);
    }
    return bias;
  }

  /** The length of a whole number of vectors that holds {@code rows}. */
  static int padded(int rows) {
    return Math.multiplyExact(SimdStrips.vectors(rows), LANES);
  }

  /**
   * @param u read from {@code uAt}: [K]
   * @param z written from {@code zAt}: [padded rows]
   */
  void apply(float[] u, int uAt, float[] z, int zAt) {
    weights.product(u, uAt, bias, biasAt, z, zAt);
  }
}
