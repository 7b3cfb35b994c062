package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link SimdProduct} for strips of {@value #VECTORS} vectors, in tiles of 8 rows: for few columns, where a wide strip is mostly padding. */
final class SimdNarrowProduct {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int VECTORS = 2;
  private static final int DEPTH = 128;

  /** Columns of a strip. */
  static final int WIDTH = VECTORS * LANES;

  private SimdNarrowProduct() {}

  /**
   * One strip: {@code c += a b}.
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
    product(rows, depth, a, aAt, aRow, aDepth, b, bAt, c, cAt, WIDTH, c, cAt);
  }

  /**
   * One strip: {@code c = bias + a b}, the same bias for all rows; else as {@link #accumulate}.
   *
   * @param bias [WIDTH] from {@code biasAt}
   * @param c [rows,WIDTH] from {@code cAt}, overwritten
   */
  static void assign(
      int rows,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aDepth,
      float[] b,
      int bAt,
      float[] bias,
      int biasAt,
      float[] c,
      int cAt) {
    product(rows, depth, a, aAt, aRow, aDepth, b, bAt, bias, biasAt, 0, c, cAt);
  }

  /** @param start what the sums start from, rows {@code startRow} apart; from the second pass over the depth on it is c */
  private static void product(
      int rows,
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aDepth,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      int startRow,
      float[] c,
      int cAt) {
    for (int k = 0; k < depth; k += DEPTH) {
      int deep = Math.min(DEPTH, depth - k);
      int from = aAt + k * aDepth;
      float[] in = k == 0 ? start : c;
      int inAt = k == 0 ? startAt : cAt;
      int inRow = k == 0 ? startRow : WIDTH;
      int row = 0;
      for (; row + 8 <= rows; row += 8) {
        eightRows(
            deep,
            a,
            from + row * aRow,
            aRow,
            aDepth,
            b,
            bAt + k * WIDTH,
            in,
            inAt + row * inRow,
            inRow,
            c,
            cAt + row * WIDTH);
      }
      for (; row < rows; row++) {
        oneRow(
            deep,
            a,
            from + row * aRow,
            aDepth,
            b,
            bAt + k * WIDTH,
            in,
            inAt + row * inRow,
            c,
            cAt + row * WIDTH);
      }
    }
  }

  private static void eightRows(
      int depth,
      float[] a,
      int aAt,
      int aRow,
      int aDepth,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      int startRow,
      float[] c,
      int cAt) {
    FloatVector s00 = FloatVector.fromArray(S, start, startAt);
    FloatVector s01 = FloatVector.fromArray(S, start, startAt + LANES);
    FloatVector s10 = FloatVector.fromArray(S, start, startAt + startRow);
    FloatVector s11 = FloatVector.fromArray(S, start, startAt + startRow + LANES);
    FloatVector s20 = FloatVector.fromArray(S, start, startAt + 2 * startRow);
    FloatVector s21 = FloatVector.fromArray(S, start, startAt + 2 * startRow + LANES);
    FloatVector s30 = FloatVector.fromArray(S, start, startAt + 3 * startRow);
    FloatVector s31 = FloatVector.fromArray(S, start, startAt + 3 * startRow + LANES);
    FloatVector s40 = FloatVector.fromArray(S, start, startAt + 4 * startRow);
    FloatVector s41 = FloatVector.fromArray(S, start, startAt + 4 * startRow + LANES);
    FloatVector s50 = FloatVector.fromArray(S, start, startAt + 5 * startRow);
    FloatVector s51 = FloatVector.fromArray(S, start, startAt + 5 * startRow + LANES);
    FloatVector s60 = FloatVector.fromArray(S, start, startAt + 6 * startRow);
    FloatVector s61 = FloatVector.fromArray(S, start, startAt + 6 * startRow + LANES);
    FloatVector s70 = FloatVector.fromArray(S, start, startAt + 7 * startRow);
    FloatVector s71 = FloatVector.fromArray(S, start, startAt + 7 * startRow + LANES);
    for (int k = 0; k < depth; k++) {
      int p = aAt + k * aDepth;
      int q = bAt + k * WIDTH;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + LANES);
      FloatVector a0 = FloatVector.broadcast(S, a[p]);
      s00 = a0.fma(b0, s00);
      s01 = a0.fma(b1, s01);
      FloatVector a1 = FloatVector.broadcast(S, a[p + aRow]);
      s10 = a1.fma(b0, s10);
      s11 = a1.fma(b1, s11);
      FloatVector a2 = FloatVector.broadcast(S, a[p + 2 * aRow]);
      s20 = a2.fma(b0, s20);
      s21 = a2.fma(b1, s21);
      FloatVector a3 = FloatVector.broadcast(S, a[p + 3 * aRow]);
      s30 = a3.fma(b0, s30);
      s31 = a3.fma(b1, s31);
      FloatVector a4 = FloatVector.broadcast(S, a[p + 4 * aRow]);
      s40 = a4.fma(b0, s40);
      s41 = a4.fma(b1, s41);
      FloatVector a5 = FloatVector.broadcast(S, a[p + 5 * aRow]);
      s50 = a5.fma(b0, s50);
      s51 = a5.fma(b1, s51);
      FloatVector a6 = FloatVector.broadcast(S, a[p + 6 * aRow]);
      s60 = a6.fma(b0, s60);
      s61 = a6.fma(b1, s61);
      FloatVector a7 = FloatVector.broadcast(S, a[p + 7 * aRow]);
      s70 = a7.fma(b0, s70);
      s71 = a7.fma(b1, s71);
    }
    s00.intoArray(c, cAt);
    s01.intoArray(c, cAt + LANES);
    s10.intoArray(c, cAt + WIDTH);
    s11.intoArray(c, cAt + WIDTH + LANES);
    s20.intoArray(c, cAt + 2 * WIDTH);
    s21.intoArray(c, cAt + 2 * WIDTH + LANES);
    s30.intoArray(c, cAt + 3 * WIDTH);
    s31.intoArray(c, cAt + 3 * WIDTH + LANES);
    s40.intoArray(c, cAt + 4 * WIDTH);
    s41.intoArray(c, cAt + 4 * WIDTH + LANES);
    s50.intoArray(c, cAt + 5 * WIDTH);
    s51.intoArray(c, cAt + 5 * WIDTH + LANES);
    s60.intoArray(c, cAt + 6 * WIDTH);
    s61.intoArray(c, cAt + 6 * WIDTH + LANES);
    s70.intoArray(c, cAt + 7 * WIDTH);
    s71.intoArray(c, cAt + 7 * WIDTH + LANES);
  }

  private static void oneRow(
      int depth,
      float[] a,
      int aAt,
      int aDepth,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      float[] c,
      int cAt) {
    FloatVector s0 = FloatVector.fromArray(S, start, startAt);
    FloatVector s1 = FloatVector.fromArray(S, start, startAt + LANES);
    for (int k = 0; k < depth; k++) {
      int q = bAt + k * WIDTH;
      FloatVector a0 = FloatVector.broadcast(S, a[aAt + k * aDepth]);
      s0 = a0.fma(FloatVector.fromArray(S, b, q), s0);
      s1 = a0.fma(FloatVector.fromArray(S, b, q + LANES), s1);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, cAt + LANES);
  }
}
