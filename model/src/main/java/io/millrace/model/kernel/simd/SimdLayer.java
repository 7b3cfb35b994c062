package io.millrace.model.kernel.simd;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One recurrent layer of I inputs: a product over the inputs and the old h, then short passes over what came out.
 *
 * <pre>
 *   u [I + H]: the inputs, then the old h
 *   z [5][P]: gates i, f, g, o, then c; P is H padded to whole vectors, and what is beyond H is never copied out
 * </pre>
 *
 * The rows of i, f and o are packed halved: {@code sigmoid(z) = tanh(z/2)/2 + 1/2}, so one tanh serves all gates. Halving a
 * float is exact (unless it is subnormal), and so is the sum of halves half the sum.
 */
final class SimdLayer {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int CANDIDATE = 2;

  private final int inputs;
  private final int hidden;
  private final int stateAt;
  private final int padded;
  private final SimdAffine gates;

  SimdLayer(Parameters parameters, int layer) {
    ModelSpec spec = parameters.spec();
    this.inputs = spec.inputsOf(layer);
    this.hidden = spec.hidden();
    this.stateAt = layer * hidden;
    this.padded = SimdAffine.padded(hidden);
    this.gates = new SimdAffine(4 * padded, inputs + hidden, halved(parameters, layer));
  }

  private SimdAffine.Source halved(Parameters parameters, int layer) {
    ParameterLayout layout = parameters.layout();
    Tensor weightIh = layout.weightIh(layer);
    Tensor weightHh = layout.weightHh(layer);
    Tensor biasIh = layout.biasIh(layer);
    Tensor biasHh = layout.biasHh(layer);
    return (paddedRow, column) -> {
      int gate = paddedRow / padded;
      int unit = paddedRow % padded;
      if (unit >= hidden) {
        return 0;
      }
      int row = gate * hidden + unit;
      float value;
      if (column == SimdAffine.BIAS) {
        value = parameters.at(biasIh, row, 0) + parameters.at(biasHh, row, 0);
      } else if (column < inputs) {
        value = parameters.at(weightIh, row, column);
      } else {
        value = parameters.at(weightHh, row, column - inputs);
      }
      return gate == CANDIDATE ? value : 0.5f * value;
    };
  }

  /**
   * @param x the layer's inputs are read from {@code xAt}
   * @param before of all layers; this one's part is read
   * @param after of all layers; this one's part is written
   */
  void step(float[] x, int xAt, HiddenState before, HiddenState after, Workspace workspace) {
    float[] u = workspace.u(inputs + hidden);
    float[] z = workspace.z(5 * padded);
    System.arraycopy(x, xAt, u, 0, inputs);
    System.arraycopy(before.h(), stateAt, u, inputs, hidden);
    System.arraycopy(before.c(), stateAt, z, 4 * padded, hidden);
    gates.apply(u, 0, z);
    SimdActivations.tanh(z, 4 * padded);
    updateCell(z, padded);
    SimdActivations.tanh(z, padded);
    output(z, padded);
    System.arraycopy(z, 4 * padded, after.c(), stateAt, hidden);
    System.arraycopy(z, 0, after.h(), stateAt, hidden);
  }

  /** c' = f c + i g, in place of c and, for its tanh, of i. */
  private static void updateCell(float[] z, int padded) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    for (int at = 0; at < padded; at += S.length()) {
      FloatVector i = half.fma(FloatVector.fromArray(S, z, at), half);
      FloatVector f = half.fma(FloatVector.fromArray(S, z, at + padded), half);
      FloatVector g = FloatVector.fromArray(S, z, at + CANDIDATE * padded);
      FloatVector c = FloatVector.fromArray(S, z, at + 4 * padded);
      FloatVector next = f.fma(c, i.mul(g));
      next.intoArray(z, at);
      next.intoArray(z, at + 4 * padded);
    }
  }

  /** h' = o tanh(c'), in place of tanh(c'). */
  private static void output(float[] z, int padded) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    for (int at = 0; at < padded; at += S.length()) {
      FloatVector o = half.fma(FloatVector.fromArray(S, z, at + 3 * padded), half);
      o.mul(FloatVector.fromArray(S, z, at)).intoArray(z, at);
    }
  }
}
