package io.millrace.model.kernel;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;

/** The formulas of {@link Network}, one sum after the other. */
final class ScalarNetwork implements Network {
  private final ModelSpec spec;
  private final float[] values;
  private final DenseInput input;
  private final Layer[] layers;
  private final float[] headWeight;
  private final float[] headBias;

  ScalarNetwork(Parameters parameters) {
    this.spec = parameters.spec();
    this.values = parameters.toArray();
    this.input = new DenseInput(parameters.layout());
    this.layers = new Layer[spec.layers()];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = Layer.of(parameters, layer);
    }
    this.headWeight = parameters.copyOf(parameters.layout().headWeight());
    this.headBias = parameters.copyOf(parameters.layout().headBias());
  }

  /** weightIh:[4H,I], weightHh:[4H,H], biases:[4H], of a layer with I inputs whose state starts at {@code stateAt}. */
  private record Layer(
      int inputs,
      int hidden,
      int stateAt,
      float[] weightIh,
      float[] weightHh,
      float[] biasIh,
      float[] biasHh) {

    private static Layer of(Parameters parameters, int layer) {
      ModelSpec spec = parameters.spec();
      ParameterLayout layout = parameters.layout();
      return new Layer(
          spec.inputsOf(layer),
          spec.hidden(),
          layer * spec.hidden(),
          parameters.copyOf(layout.weightIh(layer)),
          parameters.copyOf(layout.weightHh(layer)),
          parameters.copyOf(layout.biasIh(layer)),
          parameters.copyOf(layout.biasHh(layer)));
    }

    private void step(float[] x, int xAt, HiddenState before, HiddenState after) {
      for (int unit = 0; unit < hidden; unit++) {
        float i = Activations.bounded(0.5f * gate(unit, x, xAt, before.h()));
        float f = Activations.bounded(0.5f * gate(hidden + unit, x, xAt, before.h()));
        float g = Activations.bounded(gate(2 * hidden + unit, x, xAt, before.h()));
        float o = Activations.bounded(0.5f * gate(3 * hidden + unit, x, xAt, before.h()));
        int at = stateAt + unit;
        float c = cell(i, f, g, before.c()[at]);
        after.c()[at] = c;
        after.h()[at] = output(o, Activations.bounded(c));
      }
    }

    /** {@code sigmoid(2f) c + sigmoid(2i) tanh(g)}, divided once. */
    private static float cell(float i, float f, float g, float c) {
      float di = Activations.denominator(i);
      float df = Activations.denominator(f);
      float dig = di * Activations.denominator(g);
      float ig = (Activations.numerator(i) + di) * Activations.numerator(g);
      float fc = (Activations.numerator(f) + df) * c;
      return Math.fma(fc, dig, ig * df) / ((df + df) * dig);
    }

    /** {@code sigmoid(2o) tanh(c)}, likewise. */
    private static float output(float o, float c) {
      float dOut = Activations.denominator(o);
      float squashed = (Activations.numerator(o) + dOut) * Activations.numerator(c);
      return squashed / ((dOut + dOut) * Activations.denominator(c));
    }

    private float gate(int row, float[] x, int xAt, float[] h) {
      float z = biasIh[row] + biasHh[row];
      for (int k = 0; k < inputs; k++) {
        z = Math.fma(weightIh[row * inputs + k], x[xAt + k], z);
      }
      for (int k = 0; k < hidden; k++) {
        z = Math.fma(weightHh[row * hidden + k], h[stateAt + k], z);
      }
      return z;
    }
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public void step(float[] row, HiddenState before, HiddenState after) {
    float[] x = new float[spec.inputs()];
    input.expand(values, row, 0, x);
    layers[0].step(x, 0, before, after);
    for (int layer = 1; layer < layers.length; layer++) {
      layers[layer].step(after.h(), (layer - 1) * spec.hidden(), before, after);
    }
  }

  @Override
  public void project(HiddenState state, float[] y) {
    int hidden = spec.hidden();
    int top = spec.stateSize() - hidden;
    for (int row = 0; row < spec.outputs(); row++) {
      float sum = headBias[row];
      for (int k = 0; k < hidden; k++) {
        sum = Math.fma(headWeight[row * hidden + k], state.h()[top + k], sum);
      }
      y[row] = sum;
    }
  }
}
