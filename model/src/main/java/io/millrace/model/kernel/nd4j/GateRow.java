package io.millrace.model.kernel.nd4j;

import io.millrace.model.kernel.Activations;

/**
 * The gates of one row: {@code z:[4H]} i, f, g, o of one window at one step. Loops that C2 turns into vectors by itself.
 */
final class GateRow {
  private final int hidden;
  final float[] z;
  final float[] h;
  final float[] dh;

  GateRow(int hidden) {
    this.hidden = hidden;
    this.z = new float[4 * hidden];
    this.h = new float[hidden];
    this.dh = new float[hidden];
  }

  /** From z to the activations in its place; writes h, and c and its tanh of the step. */
  void forward(float[] bias, float[] c, int before, int after, float[] tanhC, int tanhAt) {
    for (int n = 0; n < 4 * hidden; n++) {
      z[n] += bias[n];
    }
    sigmoid(0, 2 * hidden);
    for (int n = 2 * hidden; n < 3 * hidden; n++) {
      z[n] = Activations.tanh(z[n]);
    }
    sigmoid(3 * hidden, 4 * hidden);
    for (int unit = 0; unit < hidden; unit++) {
      c[after + unit] =
          Math.fma(z[hidden + unit], c[before + unit], z[unit] * z[2 * hidden + unit]);
    }
    for (int unit = 0; unit < hidden; unit++) {
      tanhC[tanhAt + unit] = Activations.tanh(c[after + unit]);
    }
    for (int unit = 0; unit < hidden; unit++) {
      h[unit] = z[3 * hidden + unit] * tanhC[tanhAt + unit];
    }
  }

  private void sigmoid(int from, int to) {
    for (int n = from; n < to; n++) {
      z[n] = Activations.sigmoid(z[n]);
    }
  }

  /** From the activations and dh to dz in their place; dc from that of the step's c to that of the one before. */
  void backward(float[] c, int before, float[] tanhC, int tanhAt, float[] dc, int dcAt) {
    for (int unit = 0; unit < hidden; unit++) {
      float i = z[unit];
      float f = z[hidden + unit];
      float g = z[2 * hidden + unit];
      float o = z[3 * hidden + unit];
      float squashed = tanhC[tanhAt + unit];
      // forward: h = o tanh(c)
      float dOutput = dh[unit] * squashed;
      float dCell = dc[dcAt + unit] + dh[unit] * o * (1 - squashed * squashed);
      // forward: i, f, o = sigmoid(z); g = tanh(z); c = f c(t-1) + i g
      z[unit] = dCell * g * i * (1 - i);
      z[hidden + unit] = dCell * c[before + unit] * f * (1 - f);
      z[2 * hidden + unit] = dCell * i * (1 - g * g);
      z[3 * hidden + unit] = dOutput * o * (1 - o);
      dc[dcAt + unit] = dCell * f;
    }
  }
}
