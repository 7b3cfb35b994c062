package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.kernel.Scratch;
import io.millrace.model.learn.PackedBatch;
import io.millrace.model.learn.StepLoss;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A head that is its linear map and no more, y:[Y], and its loss over a packed batch, forward and back.
 *
 * <pre>
 *   rows               [N][H, padded to whole vectors, then 1]
 *   weights, gradient  [strips of Y][rows' width][WIDTH]
 *   toHidden           [strips of H][Y][WIDTH]
 *   y                  [strips of Y][N][WIDTH], then dy
 * </pre>
 */
final class SimdLinearHead implements SimdLossHead {
  private static final int WIDTH = SimdProduct.WIDTH;
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  private final int outputs;
  private final int hidden;
  private final int weight;
  private final int bias;
  private final int biasAt;
  private final int strips;
  private final StepLoss loss;
  private final SimdRows rows;
  private final float[] weights;
  private final float[] gradient;
  private final float[] toHidden;
  private final double[] one = new double[1];
  private final float[] lanes = new float[LANES];
  private float[] y = {};

  SimdLinearHead(ParameterLayout layout) {
    ModelSpec spec = layout.spec();
    this.outputs = spec.outputs();
    this.hidden = spec.hidden();
    this.weight = layout.headWeight().offset();
    this.bias = layout.headBias().offset();
    this.biasAt = (hidden + LANES - 1) / LANES * LANES;
    this.strips = SimdProduct.strips(outputs);
    this.loss = StepLoss.of(spec);
    this.rows = new SimdRows(biasAt + 1);
    this.weights = new float[Math.multiplyExact(strips * WIDTH, rows.width())];
    this.gradient = new float[weights.length];
    this.toHidden = new float[Math.multiplyExact(SimdProduct.strips(hidden) * WIDTH, outputs)];
  }

  @Override
  public SimdRows rows() {
    return rows;
  }

  @Override
  public void load(float[] values) {
    Arrays.fill(gradient, 0);
    for (int row = 0; row < outputs; row++) {
      int at = weightAt(row);
      for (int k = 0; k < hidden; k++) {
        float w = values[weight + row * hidden + k];
        weights[at + k * WIDTH] = w;
        toHidden[(k / WIDTH * outputs + row) * WIDTH + k % WIDTH] = w;
      }
      weights[at + biasAt * WIDTH] = values[bias + row];
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
      for (int rank = 0; rank < batch.active(t); rank++) {
        sum += loss(batch, t, rank);
      }
    }
    return sum;
  }

  private double loss(PackedBatch batch, int t, int rank) {
    TrainingWindow window = batch.window(rank);
    int at = (batch.start(t) + rank) * WIDTH;
    int apart = batch.rows() * WIDTH;
    if (!window.known(t)) {
      clear(at, apart);
      return 0;
    }
    float target = window.targets()[t];
    return outputs == 1
        ? lossOfOne(at, target)
        : SimdCategoryLoss.derive(y, at, strips, apart, outputs, (int) target, lanes);
  }

  private void clear(int at, int apart) {
    for (int strip = 0; strip < strips; strip++) {
      Arrays.fill(y, at + strip * apart, at + strip * apart + WIDTH, 0);
    }
  }

  private double lossOfOne(int at, float target) {
    one[0] = y[at];
    double lost = loss.derive(one, target);
    y[at] = (float) one[0];
    return lost;
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
          present(strip),
          y,
          strip * batch.rows() * WIDTH,
          WIDTH,
          1,
          toHidden,
          (column * outputs + strip * WIDTH) * WIDTH,
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
    for (int row = 0; row < outputs; row++) {
      int at = weightAt(row);
      for (int k = 0; k < hidden; k++) {
        target[weight + row * hidden + k] += gradient[at + k * WIDTH];
      }
      target[bias + row] += gradient[at + biasAt * WIDTH];
    }
  }

  /** How many outputs a strip holds. */
  private int present(int strip) {
    return Math.min(WIDTH, outputs - strip * WIDTH);
  }

  /** Of an output's first weight; the next stand a row of the strip apart, and the bias is the last. */
  private int weightAt(int output) {
    return output / WIDTH * rows.width() * WIDTH + output % WIDTH;
  }
}
