package io.millrace.model.kernel.simd;

import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weights whose lower 16 bits are zero, which makes them bfloat16: 2 bytes a weight. Those of an even and the next column share an
 * int, the even one in its lower half, so that a shift and a mask bring them back: conversions between widths are slow in JDK 17.
 *
 * <pre>
 *   packed: {@link SimdStrips} of depth ceil(K/2)
 * </pre>
 */
final class SimdBf16Matrix implements SimdMatrix {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int WIDEST = 8;
  private static final int UPPER = 0xffff0000;

  private final int columns;
  private final int pairs;
  private final SimdStrips strips;
  private final int[] packed;
  private final int packedAt;

  /** @param source of values that {@link #holds} */
  SimdBf16Matrix(int rows, int columns, Source source) {
    this.columns = columns;
    this.pairs = (columns + 1) / 2;
    this.strips = SimdStrips.of(rows, pairs, WIDEST);
    CacheLines.Part<int[]> part = CacheLines.INTS.take(strips.length());
    this.packed = part.array();
    this.packedAt = part.at();
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < columns; k++) {
        int bits = Float.floatToRawIntBits(source.at(row, k));
        packed[packedAt + strips.at(row, k / 2)] |= k % 2 == 0 ? bits >>> 16 : bits;
      }
    }
  }

  /** Whether nothing would be lost. */
  static boolean holds(int rows, int columns, Source source) {
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < columns; k++) {
        if ((Float.floatToRawIntBits(source.at(row, k)) & ~UPPER) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void product(float[] u, int uAt, float[] start, int startAt, float[] z, int zAt) {
    for (int vector = 0; vector < strips.vectors(); ) {
      int width = strips.width(vector);
      int at = vector * LANES;
      int sAt = startAt + at;
      int out = zAt + at;
      int from = packedAt + at * pairs;
      switch (width) {
        case 8 -> eight(packed, from, u, uAt, columns, start, sAt, z, out);
        case 4 -> four(packed, from, u, uAt, columns, start, sAt, z, out);
        case 2 -> two(packed, from, u, uAt, columns, start, sAt, z, out);
        default -> one(packed, from, u, uAt, columns, start, sAt, z, out);
      }
      if (columns % 2 > 0) {
        last(packed, from + (pairs - 1) * width * LANES, u[uAt + columns - 1], z, out, width);
      }
      vector += width;
    }
  }

  private static void eight(
      int[] w,
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
    FloatVector z4 = FloatVector.fromArray(S, start, startAt + 4 * LANES);
    FloatVector z5 = FloatVector.fromArray(S, start, startAt + 5 * LANES);
    FloatVector z6 = FloatVector.fromArray(S, start, startAt + 6 * LANES);
    FloatVector z7 = FloatVector.fromArray(S, start, startAt + 7 * LANES);
    int even = columns - columns % 2;
    IntVector upper = IntVector.broadcast(INTS, UPPER);
    for (int k = 0; k < even; k += 2) {
      int q = wAt + k * (4 * LANES);
      FloatVector left = FloatVector.broadcast(S, u[uAt + k]);
      FloatVector right = FloatVector.broadcast(S, u[uAt + k + 1]);
      IntVector w0 = IntVector.fromArray(INTS, w, q);
      IntVector w1 = IntVector.fromArray(INTS, w, q + LANES);
      IntVector w2 = IntVector.fromArray(INTS, w, q + 2 * LANES);
      IntVector w3 = IntVector.fromArray(INTS, w, q + 3 * LANES);
      IntVector w4 = IntVector.fromArray(INTS, w, q + 4 * LANES);
      IntVector w5 = IntVector.fromArray(INTS, w, q + 5 * LANES);
      IntVector w6 = IntVector.fromArray(INTS, w, q + 6 * LANES);
      IntVector w7 = IntVector.fromArray(INTS, w, q + 7 * LANES);
      z0 = w0.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z0);
      z1 = w1.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z1);
      z2 = w2.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z2);
      z3 = w3.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z3);
      z4 = w4.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z4);
      z5 = w5.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z5);
      z6 = w6.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z6);
      z7 = w7.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z7);
      z0 = w0.and(upper).reinterpretAsFloats().fma(right, z0);
      z1 = w1.and(upper).reinterpretAsFloats().fma(right, z1);
      z2 = w2.and(upper).reinterpretAsFloats().fma(right, z2);
      z3 = w3.and(upper).reinterpretAsFloats().fma(right, z3);
      z4 = w4.and(upper).reinterpretAsFloats().fma(right, z4);
      z5 = w5.and(upper).reinterpretAsFloats().fma(right, z5);
      z6 = w6.and(upper).reinterpretAsFloats().fma(right, z6);
      z7 = w7.and(upper).reinterpretAsFloats().fma(right, z7);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + LANES);
    z2.intoArray(z, zAt + 2 * LANES);
    z3.intoArray(z, zAt + 3 * LANES);
    z4.intoArray(z, zAt + 4 * LANES);
    z5.intoArray(z, zAt + 5 * LANES);
    z6.intoArray(z, zAt + 6 * LANES);
    z7.intoArray(z, zAt + 7 * LANES);
  }

  private static void four(
      int[] w,
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
    int even = columns - columns % 2;
    IntVector upper = IntVector.broadcast(INTS, UPPER);
    for (int k = 0; k < even; k += 2) {
      int q = wAt + k * (2 * LANES);
      FloatVector left = FloatVector.broadcast(S, u[uAt + k]);
      FloatVector right = FloatVector.broadcast(S, u[uAt + k + 1]);
      IntVector w0 = IntVector.fromArray(INTS, w, q);
      IntVector w1 = IntVector.fromArray(INTS, w, q + LANES);
      IntVector w2 = IntVector.fromArray(INTS, w, q + 2 * LANES);
      IntVector w3 = IntVector.fromArray(INTS, w, q + 3 * LANES);
      z0 = w0.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z0);
      z1 = w1.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z1);
      z2 = w2.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z2);
      z3 = w3.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z3);
      z0 = w0.and(upper).reinterpretAsFloats().fma(right, z0);
      z1 = w1.and(upper).reinterpretAsFloats().fma(right, z1);
      z2 = w2.and(upper).reinterpretAsFloats().fma(right, z2);
      z3 = w3.and(upper).reinterpretAsFloats().fma(right, z3);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + LANES);
    z2.intoArray(z, zAt + 2 * LANES);
    z3.intoArray(z, zAt + 3 * LANES);
  }

  private static void two(
      int[] w,
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
    int even = columns - columns % 2;
    IntVector upper = IntVector.broadcast(INTS, UPPER);
    for (int k = 0; k < even; k += 2) {
      int q = wAt + k * LANES;
      FloatVector left = FloatVector.broadcast(S, u[uAt + k]);
      FloatVector right = FloatVector.broadcast(S, u[uAt + k + 1]);
      IntVector w0 = IntVector.fromArray(INTS, w, q);
      IntVector w1 = IntVector.fromArray(INTS, w, q + LANES);
      z0 = w0.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z0);
      z1 = w1.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z1);
      z0 = w0.and(upper).reinterpretAsFloats().fma(right, z0);
      z1 = w1.and(upper).reinterpretAsFloats().fma(right, z1);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + LANES);
  }

  private static void one(
      int[] w,
      int wAt,
      float[] u,
      int uAt,
      int columns,
      float[] start,
      int startAt,
      float[] z,
      int zAt) {
    FloatVector z0 = FloatVector.fromArray(S, start, startAt);
    int even = columns - columns % 2;
    IntVector upper = IntVector.broadcast(INTS, UPPER);
    for (int k = 0; k < even; k += 2) {
      int q = wAt + k * (LANES / 2);
      FloatVector left = FloatVector.broadcast(S, u[uAt + k]);
      FloatVector right = FloatVector.broadcast(S, u[uAt + k + 1]);
      IntVector w0 = IntVector.fromArray(INTS, w, q);
      z0 = w0.lanewise(LSHL, 16).reinterpretAsFloats().fma(left, z0);
      z0 = w0.and(upper).reinterpretAsFloats().fma(right, z0);
    }
    z0.intoArray(z, zAt);
  }

  /** The column without a partner. */
  private static void last(int[] w, int wAt, float u, float[] z, int zAt, int width) {
    for (int n = 0; n < width * LANES; n += LANES) {
      FloatVector weights =
          IntVector.fromArray(INTS, w, wAt + n).lanewise(LSHL, 16).reinterpretAsFloats();
      weights
          .fma(FloatVector.broadcast(S, u), FloatVector.fromArray(S, z, zAt + n))
          .intoArray(z, zAt + n);
    }
  }
}
