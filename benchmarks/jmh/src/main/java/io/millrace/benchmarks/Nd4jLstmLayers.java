package io.millrace.benchmarks;

import io.millrace.benchmarks.common.Normals;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.Network;
import io.millrace.model.kernel.ScalarKernel;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of ND4J's layers on [T,B,F]; each reads the very array that the one below writes. */
final class Nd4jLstmLayers {
  private static final double TOLERANCE = 1e-5;

  private final ModelSpec spec;
  private final List<Nd4jLstmLayer> layers = new ArrayList<>();

  Nd4jLstmLayers(Parameters parameters, int windows, int steps) {
    this.spec = parameters.spec();
    INDArray input = Nd4j.create(
        Normals.of(steps * windows * spec.inputs()),
        new long[] {steps, windows, spec.inputs()},
        'c');
    for (int layer = 0; layer < spec.layers(); layer++) {
      Nd4jLstmLayer made = new Nd4jLstmLayer(parameters, layer, input);
      layers.add(made);
      input = made.outputs();
    }
    INDArray gradient = Nd4j.ones(steps, windows, spec.hidden());
    for (int layer = spec.layers() - 1; layer >= 0; layer--) {
      layers.get(layer).attach(gradient);
      gradient = layers.get(layer).inputGradient();
    }
  }

  /** @return h of the top layer [T,B,H] */
  INDArray forward() {
    layers.forEach(Nd4jLstmLayer::forward);
    return layers.get(layers.size() - 1).outputs();
  }

  /**
   * Gradients of everything, the loss being the sum of all outputs.
   *
   * @return that of the input [T,B,F]
   */
  INDArray backward() {
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      layers.get(layer).backward();
    }
    return layers.get(0).inputGradient();
  }

  /** @throws IllegalStateException when the first step of the first window is not what the scalar kernel says */
  void requireOurFigures(Parameters parameters) {
    Network network = new ScalarKernel().load(parameters);
    HiddenState expected = HiddenState.initial(spec);
    network.step(Normals.of(spec.inputs()), HiddenState.initial(spec), expected);
    int top = (spec.layers() - 1) * spec.hidden();
    INDArray actual = forward();
    for (int n = 0; n < spec.hidden(); n++) {
      float value = actual.getFloat(0, 0, n);
      if (Math.abs(value - expected.h()[top + n]) > TOLERANCE) {
        throw new IllegalStateException("lstmLayer rejected: field=h[" + n + "], expected="
            + expected.h()[top + n] + ", actual=" + value + ". It must compute what we do.");
      }
    }
  }
}
