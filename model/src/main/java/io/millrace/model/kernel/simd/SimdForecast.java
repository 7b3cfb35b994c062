package io.millrace.model.kernel.simd;

import io.millrace.model.ForecastHead;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.kernel.Scratch;
import io.millrace.model.learn.PackedBatch;
import java.util.Arrays;

/**
 * {@link ForecastHead} and its loss over a packed batch, forward and back. Features stand in blocks of a vector's length {@code S}; a
 * block's means and log variances are a narrow strip.
 *
 * <pre>
 *   rows                [N][H, padded to whole vectors]
 *   weights, gradient   [blocks][rows' width][mean, log variance][S]
 *   bias, its gradient  [blocks][mean, log variance][S]
 *   toHidden            [strips of H][blocks][mean, log variance][S][WIDTH]
 *   y                   [blocks][N][mean, log variance][S], then dy
 * </pre>
 */
final class SimdForecast implements SimdLossHead {
  private static final int WIDTH = SimdProduct.WIDTH;
  private static final int PAIR = SimdNarrowProduct.WIDTH;
  private static final int LANES = PAIR / 2;

  private final int features;
  private final int hidden;
  private final int weight;
  private final int bias;
  private final int blocks;
  private final SimdRows rows;
  private final SimdForecastLoss loss;
  private final float[] weights;
  private final float[] gradient;
  private final float[] biases;
  private final float[] toHidden;
  private final float[] zeros = new float[WIDTH];
  private float[] y = {};

  SimdForecast(ParameterLayout layout) {
    ModelSpec spec = layout.spec();
    this.features = spec.features();
    this.hidden = spec.hidden();
    this.weight = layout.headWeight().offset();
    this.bias = layout.headBias().offset();
    this.blocks = (features + LANES - 1) / LANES;
    this.rows = new SimdRows((hidden + LANES - 1) / LANES * LANES);
    this.loss = new SimdForecastLoss(spec, layout.headSkip().offset());
    this.weights = new float[Math.multiplyExact(blocks * PAIR, rows.width())];
    this.gradient = new float[weights.length];
    this.biases = new float[blocks * PAIR];
    this.toHidden =
        new float[Math.multiplyExact(blocks * PAIR * WIDTH, SimdProduct.strips(hidden))];
  }

  @Override
  public SimdRows rows() {
    return rows;
  }

  @Override
  public void load(float[] values) {
    Arrays.fill(gradient, 0);
    loss.load(values);
    for (int row = 0; row < 2 * features; row++) {
      int at = column(row);
      for (int k = 0; k < hidden; k++) {
        float w = values[weight + row * hidden + k];
        weights[(blockOf(row) * rows.width() + k) * PAIR + at] = w;
        toHidden[((k / WIDTH * blocks + blockOf(row)) * PAIR + at) * WIDTH + k % WIDTH] = w;
      }
      biases[blockOf(row) * PAIR + at] = values[bias + row];
    }
  }

  @Override
  public void reserve(PackedBatch batch) {
    rows.reserve(batch.rows());
    loss.reserve(batch);
    y = Scratch.atLeast(y, Math.multiplyExact(blocks * PAIR, batch.rows()));
  }

  @Override
  public void forward(PackedBatch batch) {
    for (int block = 0; block < blocks; block++) {
      SimdNarrowProduct.assign(
          batch.rows(),
          rows.width(),
          rows.values(),
          0,
          rows.width(),
          1,
          weights,
          block * rows.width() * PAIR,
          biases,
          block * PAIR,
          y,
          block * batch.rows() * PAIR);
    }
  }

  @Override
  public double loss(PackedBatch batch) {
    return loss.of(batch, y);
  }

  @Override
  public void backward(PackedBatch batch, float[] dh) {
    for (int strip = 0; strip < SimdProduct.strips(hidden); strip++) {
      hiddenGradient(batch, strip, dh);
    }
    for (int block = 0; block < blocks; block++) {
      weightGradient(batch, block);
    }
  }

  /** forward: y = h weight^T + bias, so dh = dy weight. */
  private void hiddenGradient(PackedBatch batch, int strip, float[] dh) {
    int at = strip * batch.rows() * WIDTH;
    for (int block = 0; block < blocks; block++) {
      int yAt = block * batch.rows() * PAIR;
      int weightAt = (strip * blocks + block) * PAIR * WIDTH;
      if (block == 0) {
        SimdProduct.assign(
            batch.rows(), PAIR, y, yAt, PAIR, 1, toHidden, weightAt, zeros, 0, dh, at);
      } else {
        SimdProduct.accumulate(batch.rows(), PAIR, y, yAt, PAIR, 1, toHidden, weightAt, dh, at);
      }
    }
  }

  /** forward: y = h weight^T + bias, so the weight's gradient += h^T dy. */
  private void weightGradient(PackedBatch batch, int block) {
    SimdNarrowProduct.accumulate(
        rows.width(),
        batch.rows(),
        rows.values(),
        0,
        1,
        rows.width(),
        y,
        block * batch.rows() * PAIR,
        gradient,
        block * rows.width() * PAIR);
  }

  @Override
  public void addGradientTo(float[] target) {
    for (int row = 0; row < 2 * features; row++) {
      int at = blockOf(row) * rows.width() * PAIR + column(row);
      for (int k = 0; k < hidden; k++) {
        target[weight + row * hidden + k] += gradient[at + k * PAIR];
      }
      target[bias + row] += loss.biasGradient(row);
    }
    loss.addSkipGradientTo(target);
  }

  private int blockOf(int row) {
    return row % features / LANES;
  }

  /** Of a row of head.weight (all means, then all log variances) within its block. */
  private int column(int row) {
    return row / features * LANES + row % features % LANES;
  }
}
