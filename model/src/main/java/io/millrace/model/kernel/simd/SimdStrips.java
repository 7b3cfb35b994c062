package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;

/**
 * The order in which a product of one event reads its rows: as many strips of the widest kind as fit, then of the next. A strip has
 * so many vectors of {@code S} rows and as many sums in flight, which hide the latency of a fused multiply-add.
 *
 * <pre>
 *   [strips][depth][widest, .., 8, 4, 2 or 1][S]
 * </pre>
 *
 * @param vectors of rows
 * @param depth columns, or what holds them
 * @param widest a power of two
 */
record SimdStrips(int vectors, int depth, int widest) {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** How many vectors hold {@code rows}. */
  static int vectors(int rows) {
    return (rows + LANES - 1) / LANES;
  }

  static SimdStrips of(int rows, int depth, int widest) {
    return new SimdStrips(vectors(rows), depth, widest);
  }

  /** How many elements there are in all. */
  int length() {
    return Math.multiplyExact(vectors * LANES, depth);
  }

  /** The strip that begins with a vector has so many. */
  int width(int vector) {
    return Math.min(widest, Integer.highestOneBit(vectors - vector));
  }

  /**
   * Where an element lies.
   *
   * @param k from 0 to {@code depth - 1}
   */
  int at(int row, int k) {
    int vector = row / LANES;
    int from = 0;
    while (from + width(from) <= vector) {
      from += width(from);
    }
    return (from * depth + k * width(from)) * LANES + row - from * LANES;
  }
}
