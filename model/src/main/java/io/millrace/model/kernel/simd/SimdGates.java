package io.millrace.model.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gates of one block of units (a vector's length {@code S}) for the rows of one time step, forward and back. All arrays are
 * advanced by the row.
 */
final class SimdGates {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int ROW = SimdProduct.WIDTH;

  private SimdGates() {}

  /**
   * @param gates [rows,4,S] z of i, f, g, o; written: their activations
   * @param before [rows,S] cell state before the step
   * @param after written: [rows,S] cell state after it
   * @param tanhC written: [rows,S] its tanh
   * @param h written: [rows,S], rows {@code hRow} apart
   */
  static void forward(
      int rows,
      float[] gates,
      int gatesAt,
      float[] c,
      int before,
      int after,
      float[] tanhC,
      int tanhAt,
      float[] h,
      int hAt,
      int hRow) {
    for (int row = 0; row < rows; row++) {
      int z = gatesAt + row * ROW;
      int cell = row * LANES;
      FloatVector i = SimdActivations.sigmoid(load(gates, z));
      FloatVector f = SimdActivations.sigmoid(load(gates, z + LANES));
      FloatVector g = SimdActivations.tanh(load(gates, z + 2 * LANES));
      FloatVector o = SimdActivations.sigmoid(load(gates, z + 3 * LANES));
      FloatVector next = f.fma(load(c, before + cell), i.mul(g));
      FloatVector squashed = SimdActivations.tanh(next);
      i.intoArray(gates, z);
      f.intoArray(gates, z + LANES);
      g.intoArray(gates, z + 2 * LANES);
      o.intoArray(gates, z + 3 * LANES);
      next.intoArray(c, after + cell);
      squashed.intoArray(tanhC, tanhAt + cell);
      o.mul(squashed).intoArray(h, hAt + row * hRow);
    }
  }

  /**
   * @param gates [rows,4,S] activations of i, f, g, o; written: dz
   * @param before [rows,S] cell state before the step
   * @param tanhC [rows,S] tanh of the cell state after it
   * @param dh [rows,4,S]'s one vector
   * @param dc [rows,S] of the cell state after the step; written: of the one before
   */
  static void backward(
      int rows,
      float[] gates,
      int gatesAt,
      float[] c,
      int before,
      float[] tanhC,
      int tanhAt,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int row = 0; row < rows; row++) {
      int z = gatesAt + row * ROW;
      int cell = row * LANES;
      FloatVector i = load(gates, z);
      FloatVector f = load(gates, z + LANES);
      FloatVector g = load(gates, z + 2 * LANES);
      FloatVector o = load(gates, z + 3 * LANES);
      FloatVector squashed = load(tanhC, tanhAt + cell);
      FloatVector dhHere = load(dh, dhAt + row * ROW);
      // forward: h = o tanh(c)
      FloatVector dOutput = dhHere.mul(squashed);
      FloatVector slope = one.sub(squashed.mul(squashed));
      FloatVector dCell = dhHere.mul(o).fma(slope, load(dc, dcAt + cell));
      // forward: i, f, o = sigmoid(z); g = tanh(z); c = f c(t-1) + i g
      FloatVector dInput = dCell.mul(i);
      FloatVector dForget = dCell.mul(f);
      dInput.mul(g).mul(one.sub(i)).intoArray(gates, z);
      dForget.mul(load(c, before + cell)).mul(one.sub(f)).intoArray(gates, z + LANES);
      dInput.mul(one.sub(g.mul(g))).intoArray(gates, z + 2 * LANES);
      dOutput.mul(o).mul(one.sub(o)).intoArray(gates, z + 3 * LANES);
      dForget.intoArray(dc, dcAt + cell);
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(S, array, at);
  }
}
