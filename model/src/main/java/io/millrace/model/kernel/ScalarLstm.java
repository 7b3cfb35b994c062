package io.millrace.model.kernel;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;

/**
 * One layer of {@link Network} over one window, and back: T steps, I inputs of the layer, H units. Keeps what the forward pass gave
 * for the backward pass that follows it.
 */
final class ScalarLstm {
  private final int inputs;
  private final int hidden;
  private final int stateAt;
  private final int weightIh;
  private final int weightHh;
  private final int biasIh;
  private final int biasHh;

  /** gates:[T,4H] i, f, g, o; tanhC, c, h:[T,H]. */
  private double[] gates = {};

  private double[] c = {};
  private double[] tanhC = {};
  private double[] h = {};

  private double[] x;
  private double[] dx = {};
  private final double[] dz;
  private final double[] dc;
  private final double[] dhNext;

  ScalarLstm(ParameterLayout layout, int layer) {
    ModelSpec spec = layout.spec();
    this.inputs = spec.inputsOf(layer);
    this.hidden = spec.hidden();
    this.stateAt = layer * hidden;
    this.weightIh = layout.weightIh(layer).offset();
    this.weightHh = layout.weightHh(layer).offset();
    this.biasIh = layout.biasIh(layer).offset();
    this.biasHh = layout.biasHh(layer).offset();
    this.dz = new double[4 * hidden];
    this.dc = new double[hidden];
    this.dhNext = new double[hidden];
  }

  /**
   * @param x [T,I], read again by the backward pass
   * @return h:[T,H]
   */
  double[] forward(double[] values, double[] x, TrainingWindow window) {
    int steps = window.steps();
    this.x = x;
    gates = Scratch.atLeast(gates, steps * 4 * hidden);
    c = Scratch.atLeast(c, steps * hidden);
    tanhC = Scratch.atLeast(tanhC, steps * hidden);
    h = Scratch.atLeast(h, steps * hidden);
    for (int t = 0; t < steps; t++) {
      forwardProducts(values, t, window);
      forwardGates(t, window);
    }
    return h;
  }

  /**
   * @param dh [T,H]
   * @return dx:[T,I]
   */
  double[] backward(double[] values, double[] dh, TrainingWindow window, double[] gradient) {
    dx = Scratch.atLeast(dx, window.steps() * inputs);
    Arrays.fill(dx, 0);
    Arrays.fill(dc, 0);
    Arrays.fill(dhNext, 0);
    for (int t = window.steps() - 1; t >= 0; t--) {
      backwardGates(dh, t, window);
      backwardProducts(values, t, window, gradient);
    }
    return dx;
  }

  private void forwardProducts(double[] values, int t, TrainingWindow window) {
    for (int row = 0; row < 4 * hidden; row++) {
      double z = values[biasIh + row] + values[biasHh + row];
      for (int k = 0; k < inputs; k++) {
        z += values[weightIh + row * inputs + k] * x[t * inputs + k];
      }
      for (int k = 0; k < hidden; k++) {
        z += values[weightHh + row * hidden + k] * hBefore(t, k, window);
      }
      gates[t * 4 * hidden + row] = z;
    }
  }

  private void backwardProducts(double[] values, int t, TrainingWindow window, double[] gradient) {
    Arrays.fill(dhNext, 0);
    for (int row = 0; row < 4 * hidden; row++) {
      // forward: z = bias_ih + bias_hh
      gradient[biasIh + row] += dz[row];
      gradient[biasHh + row] += dz[row];
      for (int k = 0; k < inputs; k++) {
        // forward: z += weight_ih x
        gradient[weightIh + row * inputs + k] += dz[row] * x[t * inputs + k];
        dx[t * inputs + k] += dz[row] * values[weightIh + row * inputs + k];
      }
      for (int k = 0; k < hidden; k++) {
        // forward: z += weight_hh h(t-1)
        gradient[weightHh + row * hidden + k] += dz[row] * hBefore(t, k, window);
        dhNext[k] += dz[row] * values[weightHh + row * hidden + k];
      }
    }
  }

  private void forwardGates(int t, TrainingWindow window) {
    for (int unit = 0; unit < hidden; unit++) {
      int at = t * hidden + unit;
      int row = t * 4 * hidden + unit;
      double i = sigmoid(gates[row]);
      double f = sigmoid(gates[row + hidden]);
      double g = Math.tanh(gates[row + 2 * hidden]);
      double o = sigmoid(gates[row + 3 * hidden]);
      c[at] = f * cBefore(t, unit, window) + i * g;
      tanhC[at] = Math.tanh(c[at]);
      h[at] = o * tanhC[at];
      gates[row] = i;
      gates[row + hidden] = f;
      gates[row + 2 * hidden] = g;
      gates[row + 3 * hidden] = o;
    }
  }

  private void backwardGates(double[] dh, int t, TrainingWindow window) {
    for (int unit = 0; unit < hidden; unit++) {
      int at = t * hidden + unit;
      int row = t * 4 * hidden + unit;
      double i = gates[row];
      double f = gates[row + hidden];
      double g = gates[row + 2 * hidden];
      double o = gates[row + 3 * hidden];
      double dhHere = dh[at] + dhNext[unit];
      // forward: h = o tanh(c)
      double dOutput = dhHere * tanhC[at];
      dc[unit] += dhHere * o * (1 - tanhC[at] * tanhC[at]);
      // forward: i, f, o = sigmoid(z); g = tanh(z); c = f c(t-1) + i g
      dz[unit] = dc[unit] * g * i * (1 - i);
      dz[hidden + unit] = dc[unit] * cBefore(t, unit, window) * f * (1 - f);
      dz[2 * hidden + unit] = dc[unit] * i * (1 - g * g);
      dz[3 * hidden + unit] = dOutput * o * (1 - o);
      dc[unit] *= f;
    }
  }

  private double hBefore(int t, int unit, TrainingWindow window) {
    return t == 0 ? window.initial().h()[stateAt + unit] : h[(t - 1) * hidden + unit];
  }

  private double cBefore(int t, int unit, TrainingWindow window) {
    return t == 0 ? window.initial().c()[stateAt + unit] : c[(t - 1) * hidden + unit];
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
