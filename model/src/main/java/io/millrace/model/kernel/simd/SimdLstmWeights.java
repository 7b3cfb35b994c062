package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import java.util.Arrays;

/**
 * The weights of one layer as {@link SimdProduct} reads them, and their gradient as it leaves them. A strip holds the four gates of a
 * block of units; {@code W} is the width of the layer's rows: h, padded to whole vectors, then x.
 *
 * <pre>
 *   forward, gradient  [blocks][W][4][S]      column i, f, g, o of a unit
 *   bias, its gradient [blocks][4][S]
 *   toHidden           [strips of H][4 blocks S][WIDTH]   weight_hh, its rows in the order of the gates' columns
 *   toInput            [strips of I][4 blocks S][WIDTH]   weight_ih
 * </pre>
 */
final class SimdLstmWeights {
  private static final int WIDTH = SimdProduct.WIDTH;
  private static final int LANES = WIDTH / 4;

  /** Columns turned at a time: a block's rows then share the cache lines that they are written to. */
  private static final int TILE = 32;

  private final int inputs;
  private final int[] columns;
  private final int hidden;
  private final int weightIh;
  private final int weightHh;
  private final int biasIh;
  private final int biasHh;
  private final int inputAt;
  private final int width;

  final float[] forward;
  final float[] gradient;
  final float[] bias;
  final float[] biasGradient;
  final float[] toHidden;
  final float[] toInput;

  /**
   * @param columns of weight_ih that are multiplied with x
   * @param inputWidth columns of x in the layer's rows
   */
  SimdLstmWeights(ParameterLayout layout, int layer, int[] columns, int inputWidth) {
    ModelSpec spec = layout.spec();
    this.inputs = spec.inputsOf(layer);
    this.columns = columns;
    this.hidden = spec.hidden();
    this.weightIh = layout.weightIh(layer).offset();
    this.weightHh = layout.weightHh(layer).offset();
    this.biasIh = layout.biasIh(layer).offset();
    this.biasHh = layout.biasHh(layer).offset();
    int blocks = (hidden + LANES - 1) / LANES;
    this.inputAt = blocks * LANES;
    this.width = inputAt + inputWidth;
    this.forward = new float[Math.multiplyExact(blocks * WIDTH, width)];
    this.gradient = new float[forward.length];
    this.bias = new float[blocks * WIDTH];
    this.biasGradient = new float[bias.length];
    int gates = blocks * WIDTH * WIDTH;
    this.toHidden = new float[Math.multiplyExact(gates, SimdProduct.strips(hidden))];
    this.toInput =
        new float[layer == 0 ? 0 : Math.multiplyExact(gates, SimdProduct.strips(inputs))];
  }

  int width() {
    return width;
  }

  int inputAt() {
    return inputAt;
  }

  /** Packs the parameters and clears the gradient. */
  void load(float[] values) {
    Arrays.fill(gradient, 0);
    Arrays.fill(biasGradient, 0);
    for (int from = 0; from < hidden; from += TILE) {
      loadHidden(values, from, Math.min(hidden, from + TILE));
    }
    for (int row = 0; row < 4 * hidden; row++) {
      int at = column(row);
      for (int k = 0; k < columns.length; k++) {
        forward[at + (inputAt + k) * WIDTH] = values[weightIh + row * inputs + columns[k]];
      }
      bias[biasColumn(row)] = values[biasIh + row] + values[biasHh + row];
      loadBackward(values, weightHh, hidden, row, toHidden);
      if (toInput.length > 0) {
        loadBackward(values, weightIh, inputs, row, toInput);
      }
    }
  }

  private void loadHidden(float[] values, int from, int to) {
    for (int row = 0; row < 4 * hidden; row++) {
      int at = column(row);
      int tensor = weightHh + row * hidden;
      for (int k = from; k < to; k++) {
        forward[at + k * WIDTH] = values[tensor + k];
      }
    }
  }

  private void loadBackward(float[] values, int tensor, int columns, int row, float[] strips) {
    int unit = row % hidden;
    int gate = row / hidden;
    int depth = unit / LANES * WIDTH + gate * LANES + unit % LANES;
    for (int from = 0; from < columns; from += WIDTH) {
      int at = (from / WIDTH * inputAt * 4 + depth) * WIDTH;
      System.arraycopy(
          values, tensor + row * columns + from, strips, at, Math.min(WIDTH, columns - from));
    }
  }

  /** Adds what was gathered to a gradient in the layout's order. */
  void addGradientTo(float[] target) {
    for (int from = 0; from < hidden; from += TILE) {
      addHiddenTo(target, from, Math.min(hidden, from + TILE));
    }
    for (int row = 0; row < 4 * hidden; row++) {
      int at = column(row);
      for (int k = 0; k < columns.length; k++) {
        target[weightIh + row * inputs + columns[k]] += gradient[at + (inputAt + k) * WIDTH];
      }
      target[biasIh + row] += biasGradient[biasColumn(row)];
      target[biasHh + row] += biasGradient[biasColumn(row)];
    }
  }

  private void addHiddenTo(float[] target, int from, int to) {
    for (int row = 0; row < 4 * hidden; row++) {
      int at = column(row);
      int tensor = weightHh + row * hidden;
      for (int k = from; k < to; k++) {
        target[tensor + k] += gradient[at + k * WIDTH];
      }
    }
  }

  /** Where a row of PyTorch's order (all units' i, then f, g, o) has its first value. */
  private int column(int row) {
    int unit = row % hidden;
    int gate = row / hidden;
    return unit / LANES * width * WIDTH + gate * LANES + unit % LANES;
  }

  private int biasColumn(int row) {
    int unit = row % hidden;
    int gate = row / hidden;
    return unit / LANES * WIDTH + gate * LANES + unit % LANES;
  }
}
