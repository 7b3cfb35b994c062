package io.millrace.model.kernel;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.StepLoss;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;

/** A head that is its linear map and no more, {@code y = weight h + bias} with y:[Y], and its loss over one window, and back. */
final class ScalarLinearHead implements ScalarLossHead {
  private final int outputs;
  private final int hidden;
  private final int weight;
  private final int bias;
  private final StepLoss loss;
  private final double[] y;

  private double[] h;
  private double[] dy = {};
  private double[] dh = {};

  ScalarLinearHead(ParameterLayout layout) {
    ModelSpec spec = layout.spec();
    this.outputs = spec.outputs();
    this.hidden = spec.hidden();
    this.weight = layout.headWeight().offset();
    this.bias = layout.headBias().offset();
    this.loss = StepLoss.of(spec);
    this.y = new double[outputs];
  }

  @Override
  public double forward(double[] values, double[] h, TrainingWindow window) {
    this.h = h;
    dy = Scratch.atLeast(dy, Math.multiplyExact(window.steps(), outputs));
    Arrays.fill(dy, 0);
    double sum = 0;
    for (int t = 0; t < window.steps(); t++) {
      if (window.known(t)) {
        project(values, t);
        sum += loss.derive(y, window.targets()[t]);
        System.arraycopy(y, 0, dy, t * outputs, outputs);
      }
    }
    return sum;
  }

  private void project(double[] values, int t) {
    for (int row = 0; row < outputs; row++) {
      y[row] = values[bias + row];
      for (int k = 0; k < hidden; k++) {
        y[row] += values[weight + row * hidden + k] * h[t * hidden + k];
      }
    }
  }

  @Override
  public double[] backward(double[] values, TrainingWindow window, double[] gradient) {
    dh = Scratch.atLeast(dh, window.steps() * hidden);
    Arrays.fill(dh, 0);
    for (int t = 0; t < window.steps(); t++) {
      for (int row = 0; row < outputs; row++) {
        double d = dy[t * outputs + row];
        // forward: y = bias
        gradient[bias + row] += d;
        for (int k = 0; k < hidden; k++) {
          // forward: y += weight h
          gradient[weight + row * hidden + k] += d * h[t * hidden + k];
          dh[t * hidden + k] += d * values[weight + row * hidden + k];
        }
      }
    }
    return dh;
  }
}
