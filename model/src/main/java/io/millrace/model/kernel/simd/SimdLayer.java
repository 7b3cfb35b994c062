package io.millrace.model.kernel.simd;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import io.millrace.model.kernel.Slot;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One recurrent layer: {@link SimdGateSums}, then short passes over what came out.
 *
 * <pre>
 *   z [5][P]: gates i, f, g, o; P is H padded to whole vectors, and what is beyond H is never copied out; c, where P is not H
 * </pre>
 *
 * The rows of i, f and o are packed halved: {@code sigmoid(z) = tanh(z/2)/2 + 1/2}, so one tanh serves all gates. Halving a
 * float is exact (unless it is subnormal), and so is the sum of halves half the sum.
 */
final class SimdLayer {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int CANDIDATE = 2;

  private final int hidden;
  private final int stateAt;
  private final int padded;
  private final SimdGateSums sums;

  SimdLayer(Parameters parameters, int layer) {
    ModelSpec spec = parameters.spec();
    this.hidden = spec.hidden();
    this.stateAt = layer * hidden;
    this.padded = SimdAffine.padded(hidden);
    ParameterLayout layout = parameters.layout();
    SimdGateRows weightIh = rows(parameters, layout.weightIh(layer));
    SimdGateRows weightHh = rows(parameters, layout.weightHh(layer));
    SimdGateRows biasIh = rows(parameters, layout.biasIh(layer));
    SimdGateRows biasHh = rows(parameters, layout.biasHh(layer));
    SimdMatrix.Source input = (row, column) -> column == SimdAffine.BIAS
        ? biasIh.at(row, 0) + biasHh.at(row, 0)
        : weightIh.at(row, column);
    SimdMatrix.Source state =
        (row, column) -> column == SimdAffine.BIAS ? 0 : weightHh.at(row, column);
    this.sums = layer == 0 && spec.slotCount() > 0
        ? slotSums(parameters, input, state)
        : denseSums(spec.inputsOf(layer), input, state);
  }

  private SimdGateSums denseSums(int inputs, SimdMatrix.Source input, SimdMatrix.Source state) {
    SimdMatrix.Source both =
        (row, column) -> column < inputs ? input.at(row, column) : state.at(row, column - inputs);
    return new SimdDenseSums(inputs, hidden, new SimdAffine(4 * padded, inputs + hidden, both));
  }

  private SimdGateSums slotSums(
      Parameters parameters, SimdMatrix.Source input, SimdMatrix.Source state) {
    return new SimdSlotSums(
        new SimdAffine(4 * padded, parameters.spec().numericColumns(), input),
        new SimdSlots(Slot.of(parameters.layout()), parameters, 4 * padded, input),
        new SimdAffine(4 * padded, hidden, state));
  }

  private SimdGateRows rows(Parameters parameters, Tensor tensor) {
    return new SimdGateRows(parameters, tensor, padded);
  }

  /**
   * @param x the layer's inputs are read from {@code xAt}: a row, or the h below
   * @param before of all layers; this one's part is read
   * @param after of all layers; this one's part is written
   */
  void step(float[] x, int xAt, HiddenState before, HiddenState after, Workspace workspace) {
    CacheLines.Part<float[]> part = workspace.z(5 * padded);
    float[] z = part.array();
    int zAt = part.at();
    sums.into(z, zAt, x, xAt, before.h(), stateAt, workspace);
    SimdActivations.tanh(z, zAt, 4 * padded);
    if (padded == hidden) {
      update(z, zAt, before.c(), stateAt, after.c(), stateAt, after.h(), stateAt);
    } else {
      int cell = zAt + 4 * padded;
      System.arraycopy(before.c(), stateAt, z, cell, hidden);
      update(z, zAt, z, cell, z, cell, z, zAt);
      System.arraycopy(z, cell, after.c(), stateAt, hidden);
      System.arraycopy(z, zAt, after.h(), stateAt, hidden);
    }
  }

  private void update(
      float[] z,
      int zAt,
      float[] before,
      int beforeAt,
      float[] after,
      int afterAt,
      float[] h,
      int hAt) {
    updateCell(z, zAt, padded, before, beforeAt, after, afterAt);
    SimdActivations.tanh(z, zAt, padded);
    output(z, zAt, padded, h, hAt);
  }

  /** c' = f c + i g, for its tanh also in place of i. */
  private static void updateCell(
      float[] z, int zAt, int padded, float[] before, int beforeAt, float[] after, int afterAt) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    for (int at = 0; at < padded; at += S.length()) {
      FloatVector i = half.fma(FloatVector.fromArray(S, z, zAt + at), half);
      FloatVector f = half.fma(FloatVector.fromArray(S, z, zAt + at + padded), half);
      FloatVector g = FloatVector.fromArray(S, z, zAt + at + CANDIDATE * padded);
      FloatVector c = FloatVector.fromArray(S, before, beforeAt + at);
      FloatVector next = f.fma(c, i.mul(g));
      next.intoArray(z, zAt + at);
      next.intoArray(after, afterAt + at);
    }
  }

  /** h' = o tanh(c'), from the tanh in place of i. */
  private static void output(float[] z, int zAt, int padded, float[] h, int hAt) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    for (int at = 0; at < padded; at += S.length()) {
      FloatVector o = half.fma(FloatVector.fromArray(S, z, zAt + at + 3 * padded), half);
      o.mul(FloatVector.fromArray(S, z, zAt + at)).intoArray(h, hAt + at);
    }
  }
}
