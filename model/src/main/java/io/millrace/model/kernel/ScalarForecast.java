package io.millrace.model.kernel;

import io.millrace.model.ForecastHead;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.ForecastLoss;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;

/**
 * {@link ForecastHead} and its loss over one window, and back. A step's loss is the mean of its features' losses, and 0 where the
 * target is unknown.
 */
final class ScalarForecast implements ScalarLossHead {
  private final int features;
  private final int rowWidth;
  private final int hidden;
  private final int weight;
  private final int bias;
  private final int skip;

  private double[] h;
  private double[] dy = {};
  private double[] dh = {};

  ScalarForecast(ParameterLayout layout) {
    ModelSpec spec = layout.spec();
    this.features = spec.features();
    this.rowWidth = spec.rowWidth();
    this.hidden = spec.hidden();
    this.weight = layout.headWeight().offset();
    this.bias = layout.headBias().offset();
    this.skip = layout.headSkip().offset();
  }

  @Override
  public double forward(double[] values, double[] h, TrainingWindow window) {
    this.h = h;
    dy = Scratch.atLeast(dy, window.steps() * 2 * features);
    Arrays.fill(dy, 0);
    double sum = 0;
    for (int t = 0; t < window.steps(); t++) {
      for (int f = 0; window.known(t) && f < features; f++) {
        double last = window.inputs()[t * rowWidth + f];
        double mean = values[skip + f] * last + project(values, t, f);
        double raw = project(values, t, features + f);
        ForecastLoss loss = ForecastLoss.of(window.targets()[t * features + f], mean, raw);
        sum += loss.loss() / features;
        dy[t * 2 * features + f] = loss.dMean() / features;
        dy[t * 2 * features + features + f] = loss.dLogVariance() / features;
      }
    }
    return sum;
  }

  private double project(double[] values, int t, int row) {
    double y = values[bias + row];
    for (int k = 0; k < hidden; k++) {
      y += values[weight + row * hidden + k] * h[t * hidden + k];
    }
    return y;
  }

  @Override
  public double[] backward(double[] values, TrainingWindow window, double[] gradient) {
    dh = Scratch.atLeast(dh, window.steps() * hidden);
    Arrays.fill(dh, 0);
    for (int t = 0; t < window.steps(); t++) {
      for (int row = 0; row < 2 * features; row++) {
        double d = dy[t * 2 * features + row];
        // forward: y = bias
        gradient[bias + row] += d;
        for (int k = 0; k < hidden; k++) {
          // forward: y += weight h
          gradient[weight + row * hidden + k] += d * h[t * hidden + k];
          dh[t * hidden + k] += d * values[weight + row * hidden + k];
        }
      }
      for (int f = 0; f < features; f++) {
        // forward: mean = skip x + y
        gradient[skip + f] += dy[t * 2 * features + f] * window.inputs()[t * rowWidth + f];
      }
    }
    return dh;
  }
}
