package io.millrace.model.kernel.simd;

import io.millrace.model.ForecastHead;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.kernel.Scratch;
import io.millrace.model.learn.PackedBatch;
import java.util.Arrays;

/**
 * {@link ForecastHead} and its loss over a packed batch, forward and back. Features stand in blocks of a vector's length {@code S},
 * two blocks to a strip.
 *
 * <pre>
 *   rows               [N][H, padded to whole vectors, then 1]
 *   weights, gradient  [strips][rows' width][2][mean, log variance][S]
 *   toHidden           [strips of H][strips][WIDTH][WIDTH]
 *   y                  [strips][N][2][mean, log variance][S], then dy
 *   sums               [blocks][skip, loss, d skip][S]
 *   padded             [blocks][x, target][S] of one step
 * </pre>
 */
final class SimdForecast implements SimdLossHead {
  private static final int WIDTH = SimdProduct.WIDTH;
  private static final int LANES = WIDTH / 4;
  private static final int PAIR = 2 * LANES;

  private final int features;
  private final int hidden;
  private final int weight;
  private final int bias;
  private final int skip;
  private final int biasAt;
  private final int blocks;
  private final int strips;
  private final SimdRows rows;
  private final float[] weights;
  private final float[] gradient;
  private final float[] toHidden;
  private final float[] sums;
  private final float[] padded;
  private float[] y = {};

  SimdForecast(ParameterLayout layout) {
    ModelSpec spec = layout.spec();
    this.features = spec.inputs();
    this.hidden = spec.hidden();
    this.weight = layout.headWeight().offset();
    this.bias = layout.headBias().offset();
    this.skip = layout.headSkip().offset();
    this.biasAt = (hidden + LANES - 1) / LANES * LANES;
    this.blocks = (features + LANES - 1) / LANES;
    this.strips = (blocks + 1) / 2;
    this.rows = new SimdRows(biasAt + 1);
    this.weights = new float[Math.multiplyExact(strips * WIDTH, rows.width())];
    this.gradient = new float[weights.length];
    this.toHidden =
        new float[Math.multiplyExact(strips * WIDTH * WIDTH, SimdProduct.strips(hidden))];
    this.sums = new float[blocks * 3 * LANES];
    this.padded = new float[blocks * 2 * LANES];
  }

  @Override
  public SimdRows rows() {
    return rows;
  }

  @Override
  public void load(float[] values) {
    Arrays.fill(gradient, 0);
    Arrays.fill(sums, 0);
    for (int row = 0; row < 2 * features; row++) {
      int at = column(row);
      for (int k = 0; k < hidden; k++) {
        float w = values[weight + row * hidden + k];
        weights[stripOf(row) * rows.width() * WIDTH + k * WIDTH + at] = w;
        toHidden[((k / WIDTH * strips + stripOf(row)) * WIDTH + at) * WIDTH + k % WIDTH] = w;
      }
      weights[(stripOf(row) * rows.width() + biasAt) * WIDTH + at] = values[bias + row];
    }
    for (int f = 0; f < features; f++) {
      sums[sumsAt(f)] = values[skip + f];
    }
  }

  @Override
  public void reserve(PackedBatch batch) {
    rows.reserve(batch.rows());
    y = Scratch.atLeast(y, Math.multiplyExact(strips * WIDTH, batch.rows()));
  }

  @Override
  public void forward(PackedBatch batch) {
    Arrays.fill(y, 0, strips * WIDTH * batch.rows(), 0);
    for (int row = 0; row < batch.rows(); row++) {
      rows.values()[rows.at(row, biasAt)] = 1;
    }
    for (int strip = 0; strip < strips; strip++) {
      SimdProduct.accumulate(
          batch.rows(),
          rows.width(),
          rows.values(),
          0,
          rows.width(),
          1,
          weights,
          strip * rows.width() * WIDTH,
          y,
          strip * batch.rows() * WIDTH);
    }
  }

  @Override
  public double loss(PackedBatch batch) {
    double sum = 0;
    for (int t = 0; t < batch.steps(); t++) {
      for (int block = 0; block < blocks; block++) {
        int y0 = (block / 2 * batch.rows() + batch.start(t)) * WIDTH + block % 2 * PAIR;
        SimdForecastLoss.step(
            batch, t, block * LANES, features, padded, y, y0, sums, block * 3 * LANES);
      }
      sum += takeLoss();
    }
    return batch.known() * ForecastHead.HALF_LOG_TWO_PI + 0.5 * sum / features;
  }

  /** Lane by lane, in double: the order in which a reduction of a vector adds is not defined. */
  private double takeLoss() {
    double sum = 0;
    for (int f = 0; f < features; f++) {
      sum += sums[sumsAt(f) + LANES];
      sums[sumsAt(f) + LANES] = 0;
    }
    return sum;
  }

  @Override
  public void backward(PackedBatch batch, float[] dh) {
    Arrays.fill(dh, 0, SimdProduct.strips(hidden) * WIDTH * batch.rows(), 0);
    for (int strip = 0; strip < strips; strip++) {
      hiddenGradient(batch, strip, dh);
      weightGradient(batch, strip);
    }
  }

  /** forward: y = h weight^T, so dh += dy weight. */
  private void hiddenGradient(PackedBatch batch, int strip, float[] dh) {
    for (int column = 0; column < SimdProduct.strips(hidden); column++) {
      SimdProduct.accumulate(
          batch.rows(),
          Math.min(2, blocks - 2 * strip) * PAIR,
          y,
          strip * batch.rows() * WIDTH,
          WIDTH,
          1,
          toHidden,
          (column * strips + strip) * WIDTH * WIDTH,
          dh,
          column * batch.rows() * WIDTH);
    }
  }

  /** forward: y = [h, 1] [weight, bias]^T, so the weights' gradient += [h, 1]^T dy. */
  private void weightGradient(PackedBatch batch, int strip) {
    SimdProduct.accumulate(
        rows.width(),
        batch.rows(),
        rows.values(),
        0,
        1,
        rows.width(),
        y,
        strip * batch.rows() * WIDTH,
        gradient,
        strip * rows.width() * WIDTH);
  }

  @Override
  public void addGradientTo(float[] target) {
    for (int row = 0; row < 2 * features; row++) {
      int at = stripOf(row) * rows.width() * WIDTH + column(row);
      for (int k = 0; k < hidden; k++) {
        target[weight + row * hidden + k] += gradient[at + k * WIDTH];
      }
      target[bias + row] += gradient[at + biasAt * WIDTH];
    }
    for (int f = 0; f < features; f++) {
      target[skip + f] += sums[sumsAt(f) + 2 * LANES];
    }
  }

  private int stripOf(int row) {
    return row % features / PAIR;
  }

  /** Of a row of head.weight (all means, then all log variances) within its strip. */
  private int column(int row) {
    int f = row % features;
    return f / LANES % 2 * PAIR + row / features * LANES + f % LANES;
  }

  private static int sumsAt(int feature) {
    return feature / LANES * 3 * LANES + feature % LANES;
  }
}
