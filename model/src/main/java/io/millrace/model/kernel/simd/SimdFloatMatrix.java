package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Weights as they are, {@link SimdStrips} of depth K: 4 bytes a weight, read once, in the order in which they lie in memory. */
final class SimdFloatMatrix implements SimdMatrix {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  private final int columns;
  private final int vectors;
  private final float[] packed;

  SimdFloatMatrix(int rows, int columns, Source source) {
    this.columns = columns;
    this.vectors = SimdStrips.vectors(rows);
    this.packed = new float[Math.multiplyExact(vectors * LANES, columns)];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < columns; k++) {
        packed[SimdStrips.at(row, k, vectors, columns)] = source.at(row, k);
      }
    }
  }

  @Override
  public void product(float[] u, int uAt, float[] start, float[] z) {
    for (int vector = 0; vector < vectors; ) {
      int width = SimdStrips.width(vector, vectors);
      int at = vector * LANES;
      switch (width) {
        case SimdStrips.WIDE -> wide(packed, at * columns, u, uAt, columns, start, z, at);
        case SimdStrips.HALF -> half(packed, at * columns, u, uAt, columns, start, z, at);
        default -> narrow(packed, at * columns, u, uAt, columns, start, z, at);
      }
      vector += width;
    }
  }

  private static void wide(
      float[] w, int wAt, float[] u, int uAt, int columns, float[] start, float[] z, int at) {
    FloatVector z0 = FloatVector.fromArray(S, start, at);
    FloatVector z1 = FloatVector.fromArray(S, start, at + LANES);
    FloatVector z2 = FloatVector.fromArray(S, start, at + 2 * LANES);
    FloatVector z3 = FloatVector.fromArray(S, start, at + 3 * LANES);
    FloatVector z4 = FloatVector.fromArray(S, start, at + 4 * LANES);
    FloatVector z5 = FloatVector.fromArray(S, start, at + 5 * LANES);
    FloatVector z6 = FloatVector.fromArray(S, start, at + 6 * LANES);
    FloatVector z7 = FloatVector.fromArray(S, start, at + 7 * LANES);
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
    z0.intoArray(z, at);
    z1.intoArray(z, at + LANES);
    z2.intoArray(z, at + 2 * LANES);
    z3.intoArray(z, at + 3 * LANES);
    z4.intoArray(z, at + 4 * LANES);
    z5.intoArray(z, at + 5 * LANES);
    z6.intoArray(z, at + 6 * LANES);
    z7.intoArray(z, at + 7 * LANES);
  }

  private static void half(
      float[] w, int wAt, float[] u, int uAt, int columns, float[] start, float[] z, int at) {
    FloatVector z0 = FloatVector.fromArray(S, start, at);
    FloatVector z1 = FloatVector.fromArray(S, start, at + LANES);
    FloatVector z2 = FloatVector.fromArray(S, start, at + 2 * LANES);
    FloatVector z3 = FloatVector.fromArray(S, start, at + 3 * LANES);
    for (int k = 0; k < columns; k++) {
      int q = wAt + k * (4 * LANES);
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      z0 = FloatVector.fromArray(S, w, q).fma(uk, z0);
      z1 = FloatVector.fromArray(S, w, q + LANES).fma(uk, z1);
      z2 = FloatVector.fromArray(S, w, q + 2 * LANES).fma(uk, z2);
      z3 = FloatVector.fromArray(S, w, q + 3 * LANES).fma(uk, z3);
    }
    z0.intoArray(z, at);
    z1.intoArray(z, at + LANES);
    z2.intoArray(z, at + 2 * LANES);
    z3.intoArray(z, at + 3 * LANES);
  }

  private static void narrow(
      float[] w, int wAt, float[] u, int uAt, int columns, float[] start, float[] z, int at) {
    FloatVector z0 = FloatVector.fromArray(S, start, at);
    for (int k = 0; k < columns; k++) {
      int q = wAt + k * LANES;
      FloatVector uk = FloatVector.broadcast(S, u[uAt + k]);
      z0 = FloatVector.fromArray(S, w, q).fma(uk, z0);
    }
    z0.intoArray(z, at);
  }
}
