package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product, one strip of {@value #VECTORS} vectors of columns at a time. Goto and van de Geijn, ACM TOMS 2008, less the
 * packing of a: the left side is read a scalar at a time, so any strides do.
 *
 * <p>The sums of a tile (6 rows, {@value #VECTORS} vectors) stay in 24 of the 32 registers of AVX-512, and the {@value #DEPTH} rows of
 * the strip of b that they pass over near the core. Six rows rather than four, because a vector that crosses a cache line costs two
 * loads, and Java's arrays start anywhere. Measured 105 GFLOP/s within training, on a core whose fused multiply-adds end at 118. Each
 * element sums in ascending order of depth. A helper of our own in the inner loops would be inlined or not as C2 pleases, and allocate
 * where not; offsets are written out in each access, for what lives across the inner loop is spilled.
 *
 * <pre>
 *   strips [columns/WIDTH][rows][WIDTH], zero-padded: b, c
 * </pre>
 */
final class SimdProduct {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int VECTORS = 4;
  private static final int DEPTH = 144;

  /** Columns of a strip. */
  static final int WIDTH = VECTORS * LANES;

  private SimdProduct() {}

  /** How many strips hold that many columns. */
  static int strips(int columns) {
    return (columns + WIDTH - 1) / WIDTH;
  }

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
      for (; sixFit(rows - row); row += 6) {
        sixRows(
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
      for (; row + 4 <= rows; row += 4) {
        fourRows(
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

  /** Whether sixes leave as few single rows as fours would: not for 8 and 9. */
  private static boolean sixFit(int rows) {
    return rows >= 6 && rows != 8 && rows != 9;
  }

  private static void sixRows(
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
    FloatVector s02 = FloatVector.fromArray(S, start, startAt + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(S, start, startAt + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(S, start, startAt + startRow);
    FloatVector s11 = FloatVector.fromArray(S, start, startAt + startRow + LANES);
    FloatVector s12 = FloatVector.fromArray(S, start, startAt + startRow + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(S, start, startAt + startRow + 3 * LANES);
    FloatVector s20 = FloatVector.fromArray(S, start, startAt + 2 * startRow);
    FloatVector s21 = FloatVector.fromArray(S, start, startAt + 2 * startRow + LANES);
    FloatVector s22 = FloatVector.fromArray(S, start, startAt + 2 * startRow + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(S, start, startAt + 2 * startRow + 3 * LANES);
    FloatVector s30 = FloatVector.fromArray(S, start, startAt + 3 * startRow);
    FloatVector s31 = FloatVector.fromArray(S, start, startAt + 3 * startRow + LANES);
    FloatVector s32 = FloatVector.fromArray(S, start, startAt + 3 * startRow + 2 * LANES);
    FloatVector s33 = FloatVector.fromArray(S, start, startAt + 3 * startRow + 3 * LANES);
    FloatVector s40 = FloatVector.fromArray(S, start, startAt + 4 * startRow);
    FloatVector s41 = FloatVector.fromArray(S, start, startAt + 4 * startRow + LANES);
    FloatVector s42 = FloatVector.fromArray(S, start, startAt + 4 * startRow + 2 * LANES);
    FloatVector s43 = FloatVector.fromArray(S, start, startAt + 4 * startRow + 3 * LANES);
    FloatVector s50 = FloatVector.fromArray(S, start, startAt + 5 * startRow);
    FloatVector s51 = FloatVector.fromArray(S, start, startAt + 5 * startRow + LANES);
    FloatVector s52 = FloatVector.fromArray(S, start, startAt + 5 * startRow + 2 * LANES);
    FloatVector s53 = FloatVector.fromArray(S, start, startAt + 5 * startRow + 3 * LANES);
    for (int k = 0; k < depth; k++) {
      int p = aAt + k * aDepth;
      int q = bAt + k * WIDTH;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + LANES);
      FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * LANES);
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
      FloatVector a4 = FloatVector.broadcast(S, a[p + 4 * aRow]);
      s40 = a4.fma(b0, s40);
      s41 = a4.fma(b1, s41);
      s42 = a4.fma(b2, s42);
      s43 = a4.fma(b3, s43);
      FloatVector a5 = FloatVector.broadcast(S, a[p + 5 * aRow]);
      s50 = a5.fma(b0, s50);
      s51 = a5.fma(b1, s51);
      s52 = a5.fma(b2, s52);
      s53 = a5.fma(b3, s53);
    }
    s00.intoArray(c, cAt);
    s01.intoArray(c, cAt + LANES);
    s02.intoArray(c, cAt + 2 * LANES);
    s03.intoArray(c, cAt + 3 * LANES);
    s10.intoArray(c, cAt + WIDTH);
    s11.intoArray(c, cAt + WIDTH + LANES);
    s12.intoArray(c, cAt + WIDTH + 2 * LANES);
    s13.intoArray(c, cAt + WIDTH + 3 * LANES);
    s20.intoArray(c, cAt + 2 * WIDTH);
    s21.intoArray(c, cAt + 2 * WIDTH + LANES);
    s22.intoArray(c, cAt + 2 * WIDTH + 2 * LANES);
    s23.intoArray(c, cAt + 2 * WIDTH + 3 * LANES);
    s30.intoArray(c, cAt + 3 * WIDTH);
    s31.intoArray(c, cAt + 3 * WIDTH + LANES);
    s32.intoArray(c, cAt + 3 * WIDTH + 2 * LANES);
    s33.intoArray(c, cAt + 3 * WIDTH + 3 * LANES);
    s40.intoArray(c, cAt + 4 * WIDTH);
    s41.intoArray(c, cAt + 4 * WIDTH + LANES);
    s42.intoArray(c, cAt + 4 * WIDTH + 2 * LANES);
    s43.intoArray(c, cAt + 4 * WIDTH + 3 * LANES);
    s50.intoArray(c, cAt + 5 * WIDTH);
    s51.intoArray(c, cAt + 5 * WIDTH + LANES);
    s52.intoArray(c, cAt + 5 * WIDTH + 2 * LANES);
    s53.intoArray(c, cAt + 5 * WIDTH + 3 * LANES);
  }

  private static void fourRows(
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
    FloatVector s02 = FloatVector.fromArray(S, start, startAt + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(S, start, startAt + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(S, start, startAt + startRow);
    FloatVector s11 = FloatVector.fromArray(S, start, startAt + startRow + LANES);
    FloatVector s12 = FloatVector.fromArray(S, start, startAt + startRow + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(S, start, startAt + startRow + 3 * LANES);
    FloatVector s20 = FloatVector.fromArray(S, start, startAt + 2 * startRow);
    FloatVector s21 = FloatVector.fromArray(S, start, startAt + 2 * startRow + LANES);
    FloatVector s22 = FloatVector.fromArray(S, start, startAt + 2 * startRow + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(S, start, startAt + 2 * startRow + 3 * LANES);
    FloatVector s30 = FloatVector.fromArray(S, start, startAt + 3 * startRow);
    FloatVector s31 = FloatVector.fromArray(S, start, startAt + 3 * startRow + LANES);
    FloatVector s32 = FloatVector.fromArray(S, start, startAt + 3 * startRow + 2 * LANES);
    FloatVector s33 = FloatVector.fromArray(S, start, startAt + 3 * startRow + 3 * LANES);
    for (int k = 0; k < depth; k++) {
      int p = aAt + k * aDepth;
      int q = bAt + k * WIDTH;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + LANES);
      FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * LANES);
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
    s10.intoArray(c, cAt + WIDTH);
    s11.intoArray(c, cAt + WIDTH + LANES);
    s12.intoArray(c, cAt + WIDTH + 2 * LANES);
    s13.intoArray(c, cAt + WIDTH + 3 * LANES);
    s20.intoArray(c, cAt + 2 * WIDTH);
    s21.intoArray(c, cAt + 2 * WIDTH + LANES);
    s22.intoArray(c, cAt + 2 * WIDTH + 2 * LANES);
    s23.intoArray(c, cAt + 2 * WIDTH + 3 * LANES);
    s30.intoArray(c, cAt + 3 * WIDTH);
    s31.intoArray(c, cAt + 3 * WIDTH + LANES);
    s32.intoArray(c, cAt + 3 * WIDTH + 2 * LANES);
    s33.intoArray(c, cAt + 3 * WIDTH + 3 * LANES);
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
    FloatVector s2 = FloatVector.fromArray(S, start, startAt + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(S, start, startAt + 3 * LANES);
    for (int k = 0; k < depth; k++) {
      int q = bAt + k * WIDTH;
      FloatVector a0 = FloatVector.broadcast(S, a[aAt + k * aDepth]);
      s0 = a0.fma(FloatVector.fromArray(S, b, q), s0);
      s1 = a0.fma(FloatVector.fromArray(S, b, q + LANES), s1);
      s2 = a0.fma(FloatVector.fromArray(S, b, q + 2 * LANES), s2);
      s3 = a0.fma(FloatVector.fromArray(S, b, q + 3 * LANES), s3);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, cAt + LANES);
    s2.intoArray(c, cAt + 2 * LANES);
    s3.intoArray(c, cAt + 3 * LANES);
  }
}
