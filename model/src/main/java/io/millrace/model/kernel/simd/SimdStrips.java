package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;

/**
 * The order in which a product of one event reads its rows: strips of eight vectors of {@code S} rows, so that eight sums in flight
 * hide the latency of a fused multiply-add, then one of four, then strips of one.
 *
 * <pre>
 *   [strips][depth][8, 4 or 1][S]
 * </pre>
 */
final class SimdStrips {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  static final int WIDE = 8;
  static final int HALF = 4;

  private SimdStrips() {}

  /** How many vectors hold {@code rows}. */
  static int vectors(int rows) {
    return (rows + LANES - 1) / LANES;
  }

  /** The strip that begins with a vector has so many. */
  static int width(int vector, int vectors) {
    if (vector + WIDE <= vectors) {
      return WIDE;
    }
    return vector + HALF <= vectors ? HALF : 1;
  }

  /**
   * Where an element lies.
   *
   * @param row of the matrix, of {@code vectors} vectors of rows
   * @param k from 0 to {@code depth - 1}
   */
  static int at(int row, int k, int vectors, int depth) {
    int vector = row / LANES;
    int from = 0;
    while (from + width(from, vectors) <= vector) {
      from += width(from, vectors);
    }
    return (from * depth + k * width(from, vectors)) * LANES + row - from * LANES;
  }
}
