package io.millrace.model.kernel.nd4j;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Tensor;
import io.millrace.model.kernel.Scratch;
import io.millrace.model.learn.PackedBatch;
import java.util.Arrays;

/**
 * One recurrent layer over a packed batch, forward and back: {@code N} rows, {@code B} windows, I inputs, H units. The products are
 * OpenBLAS's: two for all steps and one for each step forward, three for all steps and one for each step back.
 */
final class Nd4jLstm {
  private final int hidden;
  private final int stateAt;
  private final Tensor biasIh;
  private final Tensor biasHh;
  private final Matrix weightIh;
  private final Matrix weightHh;
  private final Matrix dWeightIh;
  private final Matrix dWeightHh;
  private final float[] bias;
  private final float[] dBias;
  private final GateRow gates;

  /** gates:[N,4H] z, then its activations, then dz; before:[N,H] h before the step; dh:[N,H]. */
  private final Matrix z;

  private final Matrix before;
  private final Matrix dh;

  /** The initial states [B,H], then c after each step [N,H]. */
  private float[] cells = {};

  private float[] tanhC = {};
  private float[] dc = {};

  Nd4jLstm(ParameterLayout layout, int layer, FlatTensors values, FlatTensors gradient) {
    ModelSpec spec = layout.spec();
    this.hidden = spec.hidden();
    this.stateAt = layer * hidden;
    this.biasIh = layout.biasIh(layer);
    this.biasHh = layout.biasHh(layer);
    this.weightIh = values.matrix(layout.weightIh(layer));
    this.weightHh = values.matrix(layout.weightHh(layer));
    this.dWeightIh = gradient.matrix(layout.weightIh(layer));
    this.dWeightHh = gradient.matrix(layout.weightHh(layer));
    this.bias = new float[4 * hidden];
    this.dBias = new float[4 * hidden];
    this.gates = new GateRow(hidden);
    this.z = new Matrix(4 * hidden);
    this.before = new Matrix(hidden);
    this.dh = new Matrix(hidden);
  }

  void load(float[] values) {
    Arrays.fill(dBias, 0);
    for (int row = 0; row < bias.length; row++) {
      bias[row] = values[biasIh.offset() + row] + values[biasHh.offset() + row];
    }
  }

  void reserve(PackedBatch batch) {
    z.reserve(batch.rows());
    before.reserve(batch.rows());
    dh.reserve(batch.rows());
    cells = Scratch.atLeast(cells, Math.multiplyExact(batch.windows() + batch.rows(), hidden));
    tanhC = Scratch.atLeast(tanhC, Math.multiplyExact(batch.rows(), hidden));
    dc = Scratch.atLeast(dc, Math.multiplyExact(batch.windows(), hidden));
  }

  /** [N,H] gradient of h by all that lies above, to be written before {@link #backward}. */
  Matrix dh() {
    return dh;
  }

  /**
   * @param input [N,I]
   * @param output written: h of each step [N,H]
   */
  void forward(PackedBatch batch, Matrix input, Matrix output) {
    input.timesTransposed(batch.rows(), 0, weightIh, 0, z, 0);
    for (int rank = 0; rank < batch.windows(); rank++) {
      before.put(rank, batch.window(rank).initial().h(), stateAt);
      System.arraycopy(batch.window(rank).initial().c(), stateAt, cells, rank * hidden, hidden);
    }
    for (int t = 0; t < batch.steps(); t++) {
      int from = batch.start(t);
      before.timesTransposed(batch.active(t), from, weightHh, 1, z, from);
      for (int rank = 0; rank < batch.active(t); rank++) {
        forwardGates(batch, t, rank, output);
      }
    }
  }

  private void forwardGates(PackedBatch batch, int t, int rank, Matrix output) {
    int row = batch.start(t) + rank;
    z.get(row, gates.z);
    gates.forward(
        bias, cells, cellBefore(batch, t, rank), cellAfter(batch, t, rank), tanhC, row * hidden);
    z.put(row, gates.z, 0);
    output.put(row, gates.h, 0);
    if (rank < batch.active(t + 1)) {
      before.put(batch.start(t + 1) + rank, gates.h, 0);
    }
  }

  /** Adds to the gradient of the weights; leaves dz in place of z. */
  void backward(PackedBatch batch, Matrix input) {
    Arrays.fill(dc, 0, batch.windows() * hidden, 0);
    for (int t = batch.steps() - 1; t >= 0; t--) {
      for (int rank = 0; rank < batch.active(t); rank++) {
        backwardGates(batch, t, rank);
      }
      if (t > 0) {
        // forward: z += h(t-1) weight_hh^T
        z.times(batch.active(t), batch.start(t), weightHh, 1, dh, batch.start(t - 1));
      }
    }
    // forward: z = x weight_ih^T + h(t-1) weight_hh^T
    z.transposedTimes(batch.rows(), input, dWeightIh);
    z.transposedTimes(batch.rows(), before, dWeightHh);
  }

  private void backwardGates(PackedBatch batch, int t, int rank) {
    int row = batch.start(t) + rank;
    z.get(row, gates.z);
    dh.get(row, gates.dh);
    gates.backward(cells, cellBefore(batch, t, rank), tanhC, row * hidden, dc, rank * hidden);
    z.put(row, gates.z, 0);
    // forward: z += bias
    for (int n = 0; n < dBias.length; n++) {
      dBias[n] += gates.z[n];
    }
  }

  /** forward: z = x weight_ih^T, so dx = dz weight_ih. */
  void inputGradient(PackedBatch batch, Matrix dx) {
    z.times(batch.rows(), 0, weightIh, 0, dx, 0);
  }

  void addBiasGradientTo(float[] gradient) {
    for (int row = 0; row < dBias.length; row++) {
      gradient[biasIh.offset() + row] += dBias[row];
      gradient[biasHh.offset() + row] += dBias[row];
    }
  }

  private int cellBefore(PackedBatch batch, int t, int rank) {
    return t == 0 ? rank * hidden : cellAfter(batch, t - 1, rank);
  }

  private int cellAfter(PackedBatch batch, int t, int rank) {
    return (batch.windows() + batch.start(t) + rank) * hidden;
  }
}
