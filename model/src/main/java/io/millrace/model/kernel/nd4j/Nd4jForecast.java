package io.millrace.model.kernel.nd4j;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Tensor;
import io.millrace.model.learn.ForecastLoss;
import io.millrace.model.learn.PackedBatch;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;

/** {@link io.millrace.model.ForecastHead} and its loss over a packed batch, forward and back. */
final class Nd4jForecast implements Nd4jLossHead {
  private final int features;
  private final int rowWidth;
  private final Tensor biasTensor;
  private final Tensor skipTensor;
  private final Matrix weight;
  private final Matrix dWeight;
  private final float[] bias;
  private final float[] dBias;
  private final float[] skip;
  private final float[] dSkip;
  private final float[] row;

  /** [N,2F] the head's linear map less the bias, then dy. */
  private final Matrix y;

  Nd4jForecast(ParameterLayout layout, FlatTensors values, FlatTensors gradient) {
    ModelSpec spec = layout.spec();
    this.features = spec.features();
    this.rowWidth = spec.rowWidth();
    this.biasTensor = layout.headBias();
    this.skipTensor = layout.headSkip();
    this.weight = values.matrix(layout.headWeight());
    this.dWeight = gradient.matrix(layout.headWeight());
    this.bias = new float[2 * features];
    this.dBias = new float[2 * features];
    this.skip = new float[features];
    this.dSkip = new float[features];
    this.row = new float[2 * features];
    this.y = new Matrix(2 * features);
  }

  @Override
  public void load(float[] values) {
    System.arraycopy(values, biasTensor.offset(), bias, 0, bias.length);
    System.arraycopy(values, skipTensor.offset(), skip, 0, skip.length);
    Arrays.fill(dBias, 0);
    Arrays.fill(dSkip, 0);
  }

  @Override
  public void reserve(PackedBatch batch) {
    y.reserve(batch.rows());
  }

  @Override
  public double forward(PackedBatch batch, Matrix h) {
    h.timesTransposed(batch.rows(), 0, weight, 0, y, 0);
    double sum = 0;
    for (int t = 0; t < batch.steps(); t++) {
      for (int rank = 0; rank < batch.active(t); rank++) {
        int at = batch.start(t) + rank;
        y.get(at, row);
        sum += loss(batch.window(rank), t);
        y.put(at, row, 0);
      }
    }
    return sum;
  }

  private double loss(TrainingWindow window, int t) {
    if (!window.known(t)) {
      Arrays.fill(row, 0);
      return 0;
    }
    double sum = 0;
    for (int f = 0; f < features; f++) {
      float last = window.inputs()[t * rowWidth + f];
      float mean = Math.fma(skip[f], last, row[f] + bias[f]);
      float raw = row[features + f] + bias[features + f];
      ForecastLoss loss = ForecastLoss.of(window.targets()[t * features + f], mean, raw);
      sum += loss.loss();
      row[f] = (float) (loss.dMean() / features);
      row[features + f] = (float) (loss.dLogVariance() / features);
      // forward: mean = skip x + y
      dSkip[f] += row[f] * last;
    }
    for (int n = 0; n < 2 * features; n++) {
      // forward: y += bias
      dBias[n] += row[n];
    }
    return sum / features;
  }

  @Override
  public void backward(PackedBatch batch, Matrix h, Matrix dh) {
    // forward: y = h weight^T
    y.times(batch.rows(), 0, weight, 0, dh, 0);
    y.transposedTimes(batch.rows(), h, dWeight);
  }

  @Override
  public void addOwnGradientTo(float[] gradient) {
    for (int n = 0; n < dBias.length; n++) {
      gradient[biasTensor.offset() + n] += dBias[n];
    }
    for (int f = 0; f < features; f++) {
      gradient[skipTensor.offset() + f] += dSkip[f];
    }
  }
}
