package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Weights as they are, {@link SimdStrips} of depth K: 4 bytes a weight, read once, in the order in which they lie in memory. */
final class SimdFloatMatrix implements SimdMatrix {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  /** With AVX-512, whose 32 registers hold as many sums, half of the inputs are broadcast. */
  private static final int WIDEST = LANES == 16 ? 16 : 8;

  private final int columns;
  private final SimdStrips strips;
  private final float[] packed;
  private final int packedAt;

  SimdFloatMatrix(int rows, int columns, Source source) {
    this.columns = columns;
    this.strips = SimdStrips.of(rows, columns, WIDEST);
    CacheLines.Part<float[]> part = CacheLines.FLOATS.take(strips.length());
    this.packed = part.array();
    this.packedAt = part.at();
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < columns; k++) {
        packed[packedAt + strips.at(row, k)] = source.at(row, k);
      }
    }
  }

  @Override
  public void product(float[] u, int uAt, float[] start, int startAt, float[] z, int zAt) {
    for (int vector = 0; vector < strips.vectors(); ) {
      int width = strips.width(vector);
      int at = vector * LANES;
      int sAt = startAt + at;
      int out = zAt + at;
      int from = packedAt + at * columns;
      switch (width) {
        case 16 -> sixteen(packed, from, u, uAt, columns, start, sAt, z, out);
        case 8 -> eight(packed, from, u, uAt, columns, start, sAt, z, out);
        case 4 -> four(packed, from, u, uAt, columns, start, sAt, z, out);
        case 2 -> two(packed, from, u, uAt, columns, start, sAt, z, out);
        default -> one(packed, from, u, uAt, columns, start, sAt, z, out);
      }
      vector += width;
    }
  }

  private static void sixteen(
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
    FloatVector z4 = FloatVector.fromArray(S, start, startAt + 4 * LANES);
    FloatVector z5 = FloatVector.fromArray(S, start, startAt + 5 * LANES);
    FloatVector z6 = FloatVector.fromArray(S, start, startAt + 6 * LANES);
    FloatVector z7 = FloatVector.fromArray(S, start, startAt + 7 * LANES);
    FloatVector z8 = FloatVector.fromArray(S, start, startAt + 8 * LANES);
    FloatVector z9 = FloatVector.fromArray(S, start, startAt + 9 * LANES);
    FloatVector z10 = FloatVector.fromArray(S, start, startAt + 10 * LANES);
    FloatVector z11 = FloatVector.fromArray(S, start, startAt + 11 * LANES);
    FloatVector z12 = FloatVector.fromArray(S, start, startAt + 12 * LANES);
    FloatVector z13 = FloatVector.fromArray(S, start, startAt + 13 * LANES);
    FloatVector z14 = FloatVector.fromArray(S, start, startAt + 14 * LANES);
    FloatVector z15 = FloatVector.fromArray(S, start, startAt + 15 * LANES);
    for (int k = 0; k < columns; k++) {
      int q = wAt + k * (16 * LANES);
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      z0 = FloatVector.fromArray(S, w, q).fma(uk, z0);
      z1 = FloatVector.fromArray(S, w, q + LANES).fma(uk, z1);
      z2 = FloatVector.fromArray(S, w, q + 2 * LANES).fma(uk, z2);
      z3 = FloatVector.fromArray(S, w, q + 3 * LANES).fma(uk, z3);
      z4 = FloatVector.fromArray(S, w, q + 4 * LANES).fma(uk, z4);
      z5 = FloatVector.fromArray(S, w, q + 5 * LANES).fma(uk, z5);
      z6 = FloatVector.fromArray(S, w, q + 6 * LANES).fma(uk, z6);
      z7 = FloatVector.fromArray(S, w, q + 7 * LANES).fma(uk, z7);
      z8 = FloatVector.fromArray(S, w, q + 8 * LANES).fma(uk, z8);
      z9 = FloatVector.fromArray(S, w, q + 9 * LANES).fma(uk, z9);
      z10 = FloatVector.fromArray(S, w, q + 10 * LANES).fma(uk, z10);
      z11 = FloatVector.fromArray(S, w, q + 11 * LANES).fma(uk, z11);
      z12 = FloatVector.fromArray(S, w, q + 12 * LANES).fma(uk, z12);
      z13 = FloatVector.fromArray(S, w, q + 13 * LANES).fma(uk, z13);
      z14 = FloatVector.fromArray(S, w, q + 14 * LANES).fma(uk, z14);
      z15 = FloatVector.fromArray(S, w, q + 15 * LANES).fma(uk, z15);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + LANES);
    z2.intoArray(z, zAt + 2 * LANES);
    z3.intoArray(z, zAt + 3 * LANES);
    z4.intoArray(z, zAt + 4 * LANES);
    z5.intoArray(z, zAt + 5 * LANES);
    z6.intoArray(z, zAt + 6 * LANES);
    z7.intoArray(z, zAt + 7 * LANES);
    z8.intoArray(z, zAt + 8 * LANES);
    z9.intoArray(z, zAt + 9 * LANES);
    z10.intoArray(z, zAt + 10 * LANES);
    z11.intoArray(z, zAt + 11 * LANES);
    z12.intoArray(z, zAt + 12 * LANES);
    z13.intoArray(z, zAt + 13 * LANES);
    z14.intoArray(z, zAt + 14 * LANES);
    z15.intoArray(z, zAt + 15 * LANES);
  }

  private static void eight(
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
    FloatVector z4 = FloatVector.fromArray(S, start, startAt + 4 * LANES);
    FloatVector z5 = FloatVector.fromArray(S, start, startAt + 5 * LANES);
    FloatVector z6 = FloatVector.fromArray(S, start, startAt + 6 * LANES);
    FloatVector z7 = FloatVector.fromArray(S, start, startAt + 7 * LANES);
    for (int k = 0; k < columns; k++) {
      int q = wAt + k * (8 * LANES);
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      z0 = FloatVector.fromArray(S, w, q).fma(uk, z0);
      z1 = FloatVector.fromArray(S, w, q + LANES).fma(uk, z1);
      z2 = FloatVector.fromArray(S, w, q + 2 * LANES).fma(uk, z2);
      z3 = FloatVector.fromArray(S, w, q + 3 * LANES).fma(uk, z3);
      z4 = FloatVector.fromArray(S, w, q + 4 * LANES).fma(uk, z4);
      z5 = FloatVector.fromArray(S, w, q + 5 * LANES).fma(uk, z5);
      z6 = FloatVector.fromArray(S, w, q + 6 * LANES).fma(uk, z6);
      z7 = FloatVector.fromArray(S, w, q + 7 * LANES).fma(uk, z7);
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
    for (int k = 0; k < columns; k++) {
      int q = wAt + k * (4 * LANES);
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      z0 = FloatVector.fromArray(S, w, q).fma(uk, z0);
      z1 = FloatVector.fromArray(S, w, q + LANES).fma(uk, z1);
      z2 = FloatVector.fromArray(S, w, q + 2 * LANES).fma(uk, z2);
      z3 = FloatVector.fromArray(S, w, q + 3 * LANES).fma(uk, z3);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + LANES);
    z2.intoArray(z, zAt + 2 * LANES);
    z3.intoArray(z, zAt + 3 * LANES);
  }

  private static void two(
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
    for (int k = 0; k < columns; k++) {
      int q = wAt + k * (2 * LANES);
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      z0 = FloatVector.fromArray(S, w, q).fma(uk, z0);
      z1 = FloatVector.fromArray(S, w, q + LANES).fma(uk, z1);
    }
    z0.intoArray(z, zAt);
    z1.intoArray(z, zAt + LANES);
  }

  private static void one(
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
    for (int k = 0; k < columns; k++) {
      int q = wAt + k * LANES;
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      z0 = FloatVector.fromArray(S, w, q).fma(uk, z0);
    }
    z0.intoArray(z, zAt);
  }
}
