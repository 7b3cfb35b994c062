package io.millrace.model.kernel;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.learn.Backpropagation;

/** The specification: the formulas of {@link Network} as plain loops, each sum in ascending order of k, with fused rounding. */
public final class ScalarKernel implements Kernel {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public Network load(Parameters parameters) {
    return new ScalarNetwork(parameters);
  }

  @Override
  public Backpropagation backpropagation(ModelSpec spec) {
    return new ScalarBackpropagation(spec);
  }

  private static final class ScalarNetwork implements Network {
    private final ModelSpec spec;
    private final Parameters parameters;

    ScalarNetwork(Parameters parameters) {
      this.spec = parameters.spec();
      this.parameters = parameters;
    }

    @Override
    public ModelSpec spec() {
      return spec;
    }

    @Override
    public void step(float[] x, HiddenState before, HiddenState after) {
      for (int layer = 0; layer < spec.layers(); layer++) {
        float[] in = layer == 0 ? x : after.h();
        int inAt = layer == 0 ? 0 : (layer - 1) * spec.hidden();
        for (int unit = 0; unit < spec.hidden(); unit++) {
          step(layer, unit, in, inAt, before, after);
        }
      }
    }

    private void step(
        int layer, int unit, float[] in, int inAt, HiddenState before, HiddenState after) {
      int at = layer * spec.hidden() + unit;
      float i = Activations.sigmoid(gate(0, layer, unit, in, inAt, before));
      float f = Activations.sigmoid(gate(1, layer, unit, in, inAt, before));
      float g = Activations.tanh(gate(2, layer, unit, in, inAt, before));
      float o = Activations.sigmoid(gate(3, layer, unit, in, inAt, before));
      float c = Math.fma(f, before.c()[at], i * g);
      after.c()[at] = c;
      after.h()[at] = o * Activations.tanh(c);
    }

    private float gate(int gate, int layer, int unit, float[] in, int inAt, HiddenState before) {
      ParameterLayout layout = parameters.layout();
      int hidden = spec.hidden();
      int row = gate * hidden + unit;
      float z =
          parameters.at(layout.biasIh(layer), row, 0) + parameters.at(layout.biasHh(layer), row, 0);
      for (int k = 0; k < spec.inputsOf(layer); k++) {
        z = Math.fma(parameters.at(layout.weightIh(layer), row, k), in[inAt + k], z);
      }
      for (int k = 0; k < hidden; k++) {
        z = Math.fma(
            parameters.at(layout.weightHh(layer), row, k), before.h()[layer * hidden + k], z);
      }
      return z;
    }

    @Override
    public void project(HiddenState state, float[] y) {
      ParameterLayout layout = parameters.layout();
      int top = (spec.layers() - 1) * spec.hidden();
      for (int row = 0; row < y.length; row++) {
        float sum = parameters.at(layout.headBias(), row, 0);
        for (int k = 0; k < spec.hidden(); k++) {
          sum = Math.fma(parameters.at(layout.headWeight(), row, k), state.h()[top + k], sum);
        }
        y[row] = sum;
      }
    }
  }
}
