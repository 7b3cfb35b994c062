package io.millrace.model.kernel.simd;

/** W:[rows,K] of one event's product {@code z = W u + start}. Each row is summed from its start in ascending order of k. */
interface SimdMatrix {

  /** The value at [row, column]. */
  interface Source {
    float at(int row, int column);
  }

  /** In as few bytes as lose nothing. */
  static SimdMatrix of(int rows, int columns, Source source) {
    return SimdBf16Matrix.holds(rows, columns, source)
        ? new SimdBf16Matrix(rows, columns, source)
        : new SimdFloatMatrix(rows, columns, source);
  }

  /**
   * @param u read from {@code uAt}: [K]
   * @param start what the sums start from, read from {@code startAt}: [padded rows]; may be {@code z}
   * @param z written from {@code zAt}: [padded rows]
   */
  void product(float[] u, int uAt, float[] start, int startAt, float[] z, int zAt);
}
