package io.millrace.model.kernel.nd4j;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Tensor;
import io.millrace.model.learn.PackedBatch;
import io.millrace.model.learn.StepLoss;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;

/** A head that is its linear map and no more, y:[Y], and its loss over a packed batch, forward and back. */
final class Nd4jLinearHead implements Nd4jLossHead {
  private final Tensor biasTensor;
  private final Matrix weight;
  private final Matrix dWeight;
  private final StepLoss loss;
  private final float[] bias;
  private final float[] dBias;
  private final float[] row;
  private final double[] exactRow;

  /** [N,Y] the head's linear map less the bias, then dy. */
  private final Matrix y;

  Nd4jLinearHead(ParameterLayout layout, FlatTensors values, FlatTensors gradient) {
    ModelSpec spec = layout.spec();
    this.biasTensor = layout.headBias();
    this.weight = values.matrix(layout.headWeight());
    this.dWeight = gradient.matrix(layout.headWeight());
    this.loss = StepLoss.of(spec);
    this.bias = new float[spec.outputs()];
    this.dBias = new float[spec.outputs()];
    this.row = new float[spec.outputs()];
    this.exactRow = new double[spec.outputs()];
    this.y = new Matrix(spec.outputs());
  }

  @Override
  public void load(float[] values) {
    System.arraycopy(values, biasTensor.offset(), bias, 0, bias.length);
    Arrays.fill(dBias, 0);
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
    for (int n = 0; n < row.length; n++) {
      exactRow[n] = row[n] + bias[n];
    }
    double lost = loss.derive(exactRow, window.targets()[t]);
    for (int n = 0; n < row.length; n++) {
      row[n] = (float) exactRow[n];
      // forward: y += bias
      dBias[n] += row[n];
    }
    return lost;
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
  }
}
