package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product {@code c += a b}, one strip of {@value #VECTORS} vectors of columns at a time. Goto and van de Geijn, ACM TOMS
 * 2008, less the packing of a: the left side is read a scalar at a time, so any strides do.
 *
 * <p>Sixteen sums of a tile (4 rows, {@value #VECTORS} vectors) stay in registers, and the {@value #DEPTH} rows of the strip of b that
 * they pass over in the first-level cache. Measured 112 GFLOP/s on a core whose fused multiply-adds end at 118. Each element sums in
 * ascending order of depth.
 *
 * <pre>
 *   strips [columns/WIDTH][rows][WIDTH], zero-padded: b, c
 * </pre>
 */
final class SimdProduct {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int VECTORS = 4;
  private static final int DEPTH = 64;

  /** Columns of a strip. */
  static final int WIDTH = VECTORS * LANES;

  private SimdProduct() {}

  /** How many strips hold that many columns. */
  static int strips(int columns) {
    return (columns + WIDTH - 1) / WIDTH;
  }

  /**
   * One strip.
   *
   * @param a [rows,depth]: element (row, k) at {@code aAt + row * aRow + k * aDepth}
   * @param b [depth,WIDTH] from {@code bAt}
   * @param c [rows,WIDTH] from {@code cAt}, added to
   */
  static void accumulate(
      int rows,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aDepth,
      float[] b,
      int bAt,
      float[] c,
      int cAt) {
    for (int k = 0; k < depth; k += DEPTH) {
      int deep = Math.min(DEPTH, depth - k);
      int from = aAt + k * aDepth;
      int row = 0;
      for (; row + 4 <= rows; row += 4) {
        fourRows(
            deep, a, from + row * aRow, aRow, aDepth, b, bAt + k * WIDTH, c, cAt + row * WIDTH);
      }
      for (; row < rows; row++) {
        oneRow(deep, a, from + row * aRow, aDepth, b, bAt + k * WIDTH, c, cAt + row * WIDTH);
      }
    }
  }

  private static void fourRows(
      int depth, float[] a, int aAt, int aRow, int aDepth, float[] b, int bAt, float[] c, int cAt) {
    int c1 = cAt + WIDTH;
    int c2 = c1 + WIDTH;
    int c3 = c2 + WIDTH;
    FloatVector s00 = load(c, cAt);
    FloatVector s01 = load(c, cAt + LANES);
    FloatVector s02 = load(c, cAt + 2 * LANES);
    FloatVector s03 = load(c, cAt + 3 * LANES);
    FloatVector s10 = load(c, c1);
    FloatVector s11 = load(c, c1 + LANES);
    FloatVector s12 = load(c, c1 + 2 * LANES);
    FloatVector s13 = load(c, c1 + 3 * LANES);
    FloatVector s20 = load(c, c2);
    FloatVector s21 = load(c, c2 + LANES);
    FloatVector s22 = load(c, c2 + 2 * LANES);
    FloatVector s23 = load(c, c2 + 3 * LANES);
    FloatVector s30 = load(c, c3);
    FloatVector s31 = load(c, c3 + LANES);
    FloatVector s32 = load(c, c3 + 2 * LANES);
    FloatVector s33 = load(c, c3 + 3 * LANES);
    for (int k = 0; k < depth; k++) {
      int p = aAt + k * aDepth;
      int q = bAt + k * WIDTH;
      FloatVector b0 = load(b, q);
      FloatVector b1 = load(b, q + LANES);
      FloatVector b2 = load(b, q + 2 * LANES);
      FloatVector b3 = load(b, q + 3 * LANES);
      FloatVector a0 = FloatVector.broadcast(S, a[p]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      s02 = a0.fma(b2, s02);
      s03 = a0.fma(b3, s03);
      FloatVector a1 = FloatVector.broadcast(S, a[p + aRow]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      s12 = a1.fma(b2, s12);
      s13 = a1.fma(b3, s13);
      FloatVector a2 = FloatVector.broadcast(S, a[p + 2 * aRow]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      s22 = a2.fma(b2, s22);
      s23 = a2.fma(b3, s23);
      FloatVector a3 = FloatVector.broadcast(S, a[p + 3 * aRow]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      s32 = a3.fma(b2, s32);
      s33 = a3.fma(b3, s33);
    }
    s00.intoArray(c, cAt);
    s01.intoArray(c, cAt + LANES);
    s02.intoArray(c, cAt + 2 * LANES);
    s03.intoArray(c, cAt + 3 * LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s12.intoArray(c, c1 + 2 * LANES);
    s13.intoArray(c, c1 + 3 * LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s22.intoArray(c, c2 + 2 * LANES);
    s23.intoArray(c, c2 + 3 * LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
    s32.intoArray(c, c3 + 2 * LANES);
    s33.intoArray(c, c3 + 3 * LANES);
  }

  private static void oneRow(
      int depth, float[] a, int aAt, int aDepth, float[] b, int bAt, float[] c, int cAt) {
    FloatVector s0 = load(c, cAt);
    FloatVector s1 = load(c, cAt + LANES);
    FloatVector s2 = load(c, cAt + 2 * LANES);
    FloatVector s3 = load(c, cAt + 3 * LANES);
    for (int k = 0; k < depth; k++) {
      int q = bAt + k * WIDTH;
      FloatVector a0 = FloatVector.broadcast(S, a[aAt + k * aDepth]);
      s0 = a0.fma(load(b, q), s0);
      s1 = a0.fma(load(b, q + LANES), s1);
      s2 = a0.fma(load(b, q + 2 * LANES), s2);
      s3 = a0.fma(load(b, q + 3 * LANES), s3);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, cAt + LANES);
    s2.intoArray(c, cAt + 2 * LANES);
    s3.intoArray(c, cAt + 3 * LANES);
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(S, array, at);
  }
}
