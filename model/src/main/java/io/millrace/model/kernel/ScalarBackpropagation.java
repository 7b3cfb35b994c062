package io.millrace.model.kernel;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;
import java.util.List;

/**
 * The specification of learning: one window at a time, plain loops, all layers forward, then all backward.
 *
 * <p>It computes in double with the exact tanh and rounds once, at the end. So the very lines that the fast kernels are held against
 * can be checked by central differences, which float has not the digits for, and no twin of them is needed for that.
 */
final class ScalarBackpropagation implements Backpropagation {
  private final ModelSpec spec;
  private final ScalarInput input;
  private final ScalarLstm[] layers;
  private final ScalarLossHead head;
  private final double[] exactValues;
  private final double[] exactGradient;

  ScalarBackpropagation(ModelSpec spec) {
    ParameterLayout layout = new ParameterLayout(spec);
    this.spec = spec;
    this.layers = new ScalarLstm[spec.layers()];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new ScalarLstm(layout, layer);
    }
    this.input = new ScalarInput(layout);
    this.head = ScalarLossHead.of(layout);
    this.exactValues = new double[layout.size()];
    this.exactGradient = new double[layout.size()];
  }

  @Override
  public BatchLoss accumulate(float[] values, List<TrainingWindow> batch, float[] gradient) {
    for (int n = 0; n < values.length; n++) {
      exactValues[n] = values[n];
    }
    Arrays.fill(exactGradient, 0);
    BatchLoss loss = accumulate(exactValues, batch, exactGradient);
    for (int n = 0; n < gradient.length; n++) {
      gradient[n] += (float) exactGradient[n];
    }
    return loss;
  }

  /** The same in double. */
  BatchLoss accumulate(double[] values, List<TrainingWindow> batch, double[] gradient) {
    batch.forEach(window -> window.requireFor(spec));
    long steps = 0;
    double lossSum = 0;
    for (TrainingWindow window : batch) {
      steps += window.knownSteps();
      lossSum += forward(values, window);
      backward(values, window, gradient);
    }
    return new BatchLoss(steps, lossSum);
  }

  private double forward(double[] values, TrainingWindow window) {
    double[] x = input.forward(values, window);
    for (ScalarLstm layer : layers) {
      x = layer.forward(values, x, window);
    }
    return head.forward(values, x, window);
  }

  private void backward(double[] values, TrainingWindow window, double[] gradient) {
    double[] dh = head.backward(values, window, gradient);
    for (int layer = layers.length - 1; layer >= 0; layer--) {
      dh = layers[layer].backward(values, dh, window, gradient);
    }
    input.backward(dh, window, gradient);
  }
}
