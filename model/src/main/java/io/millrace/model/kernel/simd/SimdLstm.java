package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.kernel.Scratch;
import io.millrace.model.learn.PackedBatch;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;

/**
 * One recurrent layer over a packed batch, forward and back. {@code N} rows, {@code B} windows, units in blocks of a vector's length
 * {@code S}.
 *
 * <pre>
 *   rows   [N][W]             h before the step, x
 *   gates  [blocks][N][4][S]  z, then its activations, then dz
 *   cells  [blocks][B + N][S] the initial states, then c after each step
 *   tanhC  [blocks][N][S]
 *   dh     [strips of H][N][WIDTH]
 * </pre>
 *
 * One product per time step goes forward (h and x at once), one goes back (to the h before); the gradient of all weights is one
 * product over all steps after the sweep, as is that of the layer's input.
 */
final class SimdLstm {
  private static final int WIDTH = SimdProduct.WIDTH;
  private static final int LANES = WIDTH / 4;
  private static final int CHUNK = 96;

  private final int hidden;
  private final int stateAt;
  private final int blocks;
  private final int strips;
  private final SimdInput input;
  private final SimdLstmWeights weights;
  private final SimdRows rows;
  private float[] gates = {};
  private float[] cells = {};
  private float[] tanhC = {};
  private float[] dc = {};
  private float[] dh = {};

  SimdLstm(ParameterLayout layout, int layer) {
    ModelSpec spec = layout.spec();
    this.hidden = spec.hidden();
    this.stateAt = layer * hidden;
    this.blocks = (hidden + LANES - 1) / LANES;
    this.strips = SimdProduct.strips(hidden);
    this.input = new SimdInput(layout, layer);
    int[] columns = input.columns();
    int inputWidth = layer == 0 ? columns.length : blocks * LANES;
    this.weights = new SimdLstmWeights(layout, layer, columns, inputWidth);
    this.rows = new SimdRows(weights.width());
  }

  /** The layer's left side; whoever computes its input writes it from {@link #inputAt} on. */
  SimdRows rows() {
    return rows;
  }

  int inputAt() {
    return weights.inputAt();
  }

  /** [strips of H][N][WIDTH] gradient of h by all that lies above, to be written before {@link #backward}. */
  float[] dh() {
    return dh;
  }

  void load(float[] values) {
    weights.load(values);
  }

  void reserve(PackedBatch batch) {
    int steps = batch.rows();
    rows.reserve(steps);
    gates = Scratch.atLeast(gates, Math.multiplyExact(blocks * WIDTH, steps));
    cells = Scratch.atLeast(cells, Math.multiplyExact(blocks * LANES, batch.windows() + steps));
    tanhC = Scratch.atLeast(tanhC, Math.multiplyExact(blocks * LANES, steps));
    dc = Scratch.atLeast(dc, Math.multiplyExact(blocks * LANES, batch.windows()));
    dh = Scratch.atLeast(dh, Math.multiplyExact(strips * WIDTH, steps));
  }

  /** Of the first layer: takes the events of the batch as its input. */
  void loadInput(float[] values, PackedBatch batch) {
    input.load(values, batch, rows, weights.inputAt());
  }

  /**
   * @param above what reads the layer's h
   * @param column where in its rows
   */
  void forward(PackedBatch batch, SimdRows above, int column) {
    begin(batch);
    for (int t = 0; t < batch.steps(); t++) {
      for (int block = 0; block < blocks; block++) {
        forwardProduct(batch, t, block);
        input.forward(batch, t, block, gates, gatesAt(batch, block, t));
        forwardGates(batch, t, block, above, column);
      }
      passOn(batch, t, above, column);
    }
  }

  private void begin(PackedBatch batch) {
    for (int rank = 0; rank < batch.windows(); rank++) {
      TrainingWindow window = batch.window(rank);
      int h = rows.at(rank, 0);
      Arrays.fill(rows.values(), h, h + blocks * LANES, 0);
      System.arraycopy(window.initial().h(), stateAt, rows.values(), h, hidden);
      for (int block = 0; block < blocks; block++) {
        int c = cellAt(batch, block, rank);
        int units = Math.min(LANES, hidden - block * LANES);
        Arrays.fill(cells, c, c + LANES, 0);
        System.arraycopy(window.initial().c(), stateAt + block * LANES, cells, c, units);
      }
    }
  }

  /** z = [h, x] [weight_hh, weight_ih]^T + bias */
  private void forwardProduct(PackedBatch batch, int t, int block) {
    SimdProduct.assign(
        batch.active(t),
        weights.width(),
        rows.values(),
        rows.at(batch.start(t), 0),
        weights.width(),
        1,
        weights.forward,
        block * weights.width() * WIDTH,
        weights.bias,
        block * WIDTH,
        gates,
        gatesAt(batch, block, t));
  }

  private void forwardGates(PackedBatch batch, int t, int block, SimdRows above, int column) {
    SimdGates.forward(
        batch.active(t),
        gates,
        gatesAt(batch, block, t),
        cells,
        before(batch, block, t),
        after(batch, block, t),
        tanhC,
        tanhAt(batch, block, t),
        above.values(),
        above.at(batch.start(t), column + block * LANES),
        above.width());
  }

  /** h of a step is the h before of the next, for the windows that have a next. */
  private void passOn(PackedBatch batch, int t, SimdRows above, int column) {
    for (int rank = 0; rank < batch.active(t + 1); rank++) {
      System.arraycopy(
          above.values(),
          above.at(batch.start(t) + rank, column),
          rows.values(),
          rows.at(batch.start(t + 1) + rank, 0),
          blocks * LANES);
    }
  }

  /** Leaves the gradient of the weights gathered, and {@code dz} in place of the gates. */
  void backward(PackedBatch batch) {
    Arrays.fill(dc, 0, blocks * LANES * batch.windows(), 0);
    for (int t = batch.steps() - 1; t >= 0; t--) {
      backwardGates(batch, t);
      if (t > 0) {
        backwardProduct(batch, t);
      }
    }
    weightGradient(batch);
    input.backward(batch, gates);
  }

  private void backwardGates(PackedBatch batch, int t) {
    for (int block = 0; block < blocks; block++) {
      SimdGates.backward(
          batch.active(t),
          gates,
          gatesAt(batch, block, t),
          cells,
          before(batch, block, t),
          tanhC,
          tanhAt(batch, block, t),
          dh,
          dhAt(batch, block * LANES, batch.start(t)),
          dc,
          block * LANES * batch.windows(),
          weights.biasGradient,
          block * WIDTH);
    }
  }

  /** forward: z += h(t-1) weight_hh^T, so dh(t-1) += dz weight_hh. */
  private void backwardProduct(PackedBatch batch, int t) {
    for (int strip = 0; strip < strips; strip++) {
      backThrough(
          batch,
          batch.start(t),
          batch.active(t),
          weights.toHidden,
          strip,
          dh,
          dhAt(batch, strip * WIDTH, batch.start(t - 1)));
    }
  }

  /** forward: z += x weight_ih^T, so dx += dz weight_ih. */
  void inputGradient(PackedBatch batch, SimdLstm below) {
    Arrays.fill(below.dh, 0, strips * WIDTH * batch.rows(), 0);
    for (int strip = 0; strip < strips; strip++) {
      backThrough(
          batch, 0, batch.rows(), weights.toInput, strip, below.dh, dhAt(batch, strip * WIDTH, 0));
    }
  }

  private void backThrough(
      PackedBatch batch, int from, int count, float[] b, int strip, float[] c, int cAt) {
    for (int block = 0; block < blocks; block++) {
      SimdProduct.accumulate(
          count,
          WIDTH,
          gates,
          (block * batch.rows() + from) * WIDTH,
          WIDTH,
          1,
          b,
          (strip * blocks + block) * WIDTH * WIDTH,
          c,
          cAt);
    }
  }

  /** forward: z = [h, x] [weight_hh, weight_ih]^T + bias, so the weights' gradient += [h, x]^T dz. */
  private void weightGradient(PackedBatch batch) {
    for (int row = 0; row < batch.rows(); row += CHUNK) {
      for (int block = 0; block < blocks; block++) {
        SimdProduct.accumulate(
            weights.width(),
            Math.min(CHUNK, batch.rows() - row),
            rows.values(),
            rows.at(row, 0),
            1,
            weights.width(),
            gates,
            (block * batch.rows() + row) * WIDTH,
            weights.gradient,
            block * weights.width() * WIDTH);
      }
    }
  }

  void addGradientTo(float[] gradient) {
    weights.addGradientTo(gradient);
    input.addGradientTo(gradient);
  }

  private int gatesAt(PackedBatch batch, int block, int t) {
    return (block * batch.rows() + batch.start(t)) * WIDTH;
  }

  private int tanhAt(PackedBatch batch, int block, int t) {
    return (block * batch.rows() + batch.start(t)) * LANES;
  }

  private int before(PackedBatch batch, int block, int t) {
    return t == 0 ? cellAt(batch, block, 0) : after(batch, block, t - 1);
  }

  private int after(PackedBatch batch, int block, int t) {
    return cellAt(batch, block, batch.windows() + batch.start(t));
  }

  private int cellAt(PackedBatch batch, int block, int row) {
    return (block * (batch.windows() + batch.rows()) + row) * LANES;
  }

  private int dhAt(PackedBatch batch, int unit, int row) {
    return (unit / WIDTH * batch.rows() + row) * WIDTH + unit % WIDTH;
  }
}
