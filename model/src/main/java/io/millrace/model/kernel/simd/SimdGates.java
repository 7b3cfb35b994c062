package io.millrace.model.kernel.simd;

import io.millrace.model.kernel.Activations;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gates of one block of units (a vector's length {@code S}) for the rows of one time step, forward and back.
 *
 * <p>Short loops that call the Vector API without helpers: what C2 does not inline allocates its vectors, and it stops inlining our own
 * methods when a loop has grown by some five of these tanh.
 */
final class SimdGates {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int ROW = SimdProduct.WIDTH;
  private static final float[] GATE_SCALE = perGate(0.5f, 0.5f, 1, 0.5f);
  private static final float[] GATE_SHIFT = perGate(0.5f, 0.5f, 0, 0.5f);
  private static final float[] CELL_SCALE = perGate(1);
  private static final float[] CELL_SHIFT = perGate(0);

  private SimdGates() {}

  private static float[] perGate(float... values) {
    float[] vectors = new float[values.length * LANES];
    for (int n = 0; n < vectors.length; n++) {
      vectors[n] = values[n / LANES];
    }
    return vectors;
  }

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
    squash(4 * rows, gates, gatesAt, gates, gatesAt, 4, GATE_SCALE, GATE_SHIFT);
    for (int row = 0; row < rows; row++) {
      int at = gatesAt + row * ROW;
      int cell = row * LANES;
      FloatVector i = FloatVector.fromArray(S, gates, at);
      FloatVector f = FloatVector.fromArray(S, gates, at + LANES);
      FloatVector g = FloatVector.fromArray(S, gates, at + 2 * LANES);
      f.fma(FloatVector.fromArray(S, c, before + cell), i.mul(g)).intoArray(c, after + cell);
    }
    squash(rows, c, after, tanhC, tanhAt, 1, CELL_SCALE, CELL_SHIFT);
    for (int row = 0; row < rows; row++) {
      FloatVector o = FloatVector.fromArray(S, gates, gatesAt + row * ROW + 3 * LANES);
      FloatVector squashed = FloatVector.fromArray(S, tanhC, tanhAt + row * LANES);
      o.mul(squashed).intoArray(h, hAt + row * hRow);
    }
  }

  /**
   * Each vector to {@code scale tanh(scale x) + shift}, with the scales and shifts of {@code period} vectors in turn; tanh as in
   * {@link Activations}. One vector from either half at a time, for the latency; an odd one in the middle is done twice, so it must not
   * be done in place. Long enough (over 325 bytes) for C2 to compile it by itself.
   */
  private static void squash(
      int vectors,
      float[] from,
      int fromAt,
      float[] to,
      int toAt,
      int period,
      float[] scale,
      float[] shift) {
    int half = (vectors + 1) / 2;
    for (int n = 0; n < half; n++) {
      int m = vectors - half + n;
      int turnN = (n & period - 1) * LANES;
      int turnM = (m & period - 1) * LANES;
      FloatVector byN = FloatVector.fromArray(S, scale, turnN);
      FloatVector byM = FloatVector.fromArray(S, scale, turnM);
      FloatVector x = FloatVector.fromArray(S, from, fromAt + n * LANES).mul(byN);
      FloatVector y = FloatVector.fromArray(S, from, fromAt + m * LANES).mul(byM);
      x = x.min(FloatVector.broadcast(S, Activations.BOUND));
      y = y.min(FloatVector.broadcast(S, Activations.BOUND));
      x = x.max(FloatVector.broadcast(S, -Activations.BOUND));
      y = y.max(FloatVector.broadcast(S, -Activations.BOUND));
      FloatVector u = x.mul(x);
      FloatVector v = y.mul(y);
      FloatVector p = FloatVector.broadcast(S, Activations.P3);
      FloatVector r = FloatVector.broadcast(S, Activations.P3);
      p = u.fma(p, FloatVector.broadcast(S, Activations.P2));
      r = v.fma(r, FloatVector.broadcast(S, Activations.P2));
      p = u.fma(p, FloatVector.broadcast(S, Activations.P1));
      r = v.fma(r, FloatVector.broadcast(S, Activations.P1));
      p = u.fma(p, FloatVector.broadcast(S, Activations.P0));
      r = v.fma(r, FloatVector.broadcast(S, Activations.P0));
      FloatVector q = FloatVector.broadcast(S, Activations.Q4);
      FloatVector s = FloatVector.broadcast(S, Activations.Q4);
      q = u.fma(q, FloatVector.broadcast(S, Activations.Q3));
      s = v.fma(s, FloatVector.broadcast(S, Activations.Q3));
      q = u.fma(q, FloatVector.broadcast(S, Activations.Q2));
      s = v.fma(s, FloatVector.broadcast(S, Activations.Q2));
      q = u.fma(q, FloatVector.broadcast(S, Activations.Q1));
      s = v.fma(s, FloatVector.broadcast(S, Activations.Q1));
      q = u.fma(q, FloatVector.broadcast(S, Activations.Q0));
      s = v.fma(s, FloatVector.broadcast(S, Activations.Q0));
      FloatVector plusN = FloatVector.fromArray(S, shift, turnN);
      FloatVector plusM = FloatVector.fromArray(S, shift, turnM);
      x.mul(p).div(q).fma(byN, plusN).intoArray(to, toAt + n * LANES);
      y.mul(r).div(s).fma(byM, plusM).intoArray(to, toAt + m * LANES);
    }
  }

  /**
   * @param gates [rows,4,S] activations of i, f, g, o; written: dz
   * @param before [rows,S] cell state before the step
   * @param tanhC [rows,S] tanh of the cell state after it
   * @param dh [rows,4,S]'s one vector
   * @param dc [rows,S] of the cell state after the step; written: of the one before
   * @param dBias [4,S], added to
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
      int dcAt,
      float[] dBias,
      int dBiasAt) {
    FloatVector one = FloatVector.broadcast(S, 1);
    FloatVector sumI = FloatVector.fromArray(S, dBias, dBiasAt);
    FloatVector sumF = FloatVector.fromArray(S, dBias, dBiasAt + LANES);
    FloatVector sumG = FloatVector.fromArray(S, dBias, dBiasAt + 2 * LANES);
    FloatVector sumO = FloatVector.fromArray(S, dBias, dBiasAt + 3 * LANES);
    for (int row = 0; row < rows; row++) {
      int z = gatesAt + row * ROW;
      int cell = row * LANES;
      FloatVector i = FloatVector.fromArray(S, gates, z);
      FloatVector f = FloatVector.fromArray(S, gates, z + LANES);
      FloatVector g = FloatVector.fromArray(S, gates, z + 2 * LANES);
      FloatVector o = FloatVector.fromArray(S, gates, z + 3 * LANES);
      FloatVector squashed = FloatVector.fromArray(S, tanhC, tanhAt + cell);
      FloatVector dhHere = FloatVector.fromArray(S, dh, dhAt + row * ROW);
      // forward: h = o tanh(c)
      FloatVector dOutput = dhHere.mul(squashed);
      FloatVector slope = one.sub(squashed.mul(squashed));
      FloatVector dCell = dhHere.mul(o).fma(slope, FloatVector.fromArray(S, dc, dcAt + cell));
      // forward: i, f, o = sigmoid(z); g = tanh(z); c = f c(t-1) + i g
      FloatVector dInput = dCell.mul(i);
      FloatVector dForget = dCell.mul(f);
      FloatVector zi = dInput.mul(g).mul(one.sub(i));
      FloatVector cBefore = FloatVector.fromArray(S, c, before + cell);
      FloatVector zf = dForget.mul(cBefore).mul(one.sub(f));
      FloatVector zg = dInput.mul(one.sub(g.mul(g)));
      FloatVector zo = dOutput.mul(o).mul(one.sub(o));
      dForget.intoArray(dc, dcAt + cell);
      zi.intoArray(gates, z);
      zf.intoArray(gates, z + LANES);
      zg.intoArray(gates, z + 2 * LANES);
      zo.intoArray(gates, z + 3 * LANES);
      // forward: z += bias
      sumI = sumI.add(zi);
      sumF = sumF.add(zf);
      sumG = sumG.add(zg);
      sumO = sumO.add(zo);
    }
    sumI.intoArray(dBias, dBiasAt);
    sumF.intoArray(dBias, dBiasAt + LANES);
    sumG.intoArray(dBias, dBiasAt + 2 * LANES);
    sumO.intoArray(dBias, dBiasAt + 3 * LANES);
  }
}
