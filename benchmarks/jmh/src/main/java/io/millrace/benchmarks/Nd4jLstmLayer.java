package io.millrace.benchmarks;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import io.millrace.model.kernel.Network;
import io.millrace.model.kernel.ScalarKernel;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's operations {@code lstmLayer} and {@code lstmLayer_bp} on [T,B,F], with all arrays made beforehand. Weights are ours,
 * transposed; the gates have our order.
 */
final class Nd4jLstmLayer {
  private static final int TIME_FIRST = 0;
  private static final int FORWARD = 0;
  private static final int TANH = 0;
  private static final int SIGMOID = 2;
  private static final double TOLERANCE = 1e-5;

  private final ModelSpec spec;
  private final INDArray[] inputs;
  private final INDArray outputs;
  private final CustomOp forward;
  private final CustomOp backward;

  Nd4jLstmLayer(Parameters parameters, int windows, int steps) {
    this.spec = parameters.spec();
    int hidden = spec.hidden();
    ParameterLayout layout = parameters.layout();
    INDArray bias = matrix(parameters, layout.biasIh(0))
        .add(matrix(parameters, layout.biasHh(0)))
        .reshape(4L * hidden);
    this.inputs = new INDArray[] {
      Nd4j.create(
          Workload.normals(steps * windows * spec.inputs()),
          new long[] {steps, windows, spec.inputs()},
          'c'),
      matrix(parameters, layout.weightIh(0)).transpose().dup('c'),
      matrix(parameters, layout.weightHh(0)).transpose().dup('c'),
      bias,
      Nd4j.zeros(windows, hidden),
      Nd4j.zeros(windows, hidden)
    };
    this.outputs = Nd4j.zeros(steps, windows, hidden);
    this.forward = operation("lstmLayer").addInputs(inputs).addOutputs(outputs).build();
    this.backward = operation("lstmLayer_bp")
        .addInputs(andGradient(Nd4j.ones(steps, windows, hidden)))
        .addOutputs(likeInputs())
        .build();
  }

  private static INDArray matrix(Parameters parameters, Tensor tensor) {
    return Nd4j.create(
        parameters.copyOf(tensor), new long[] {tensor.rows(), tensor.columns()}, 'c');
  }

  private static DynamicCustomOp.DynamicCustomOpsBuilder operation(String name) {
    boolean biases = true;
    boolean lengths = false;
    boolean state = true;
    boolean peepholes = false;
    boolean everyStep = true;
    boolean last = false;
    return DynamicCustomOp.builder(name)
        .addIntegerArguments(TIME_FIRST, FORWARD, SIGMOID, TANH, TANH)
        .addFloatingPointArguments(0.0)
        .addBooleanArguments(biases, lengths, state, state, peepholes, everyStep, last, last);
  }

  private INDArray[] andGradient(INDArray ofOutputs) {
    INDArray[] all = Arrays.copyOf(inputs, inputs.length + 1);
    all[inputs.length] = ofOutputs;
    return all;
  }

  private INDArray[] likeInputs() {
    INDArray[] gradients = new INDArray[inputs.length];
    for (int n = 0; n < gradients.length; n++) {
      gradients[n] = Nd4j.zeros(inputs[n].shape());
    }
    return gradients;
  }

  INDArray forward() {
    Nd4j.exec(forward);
    return outputs;
  }

  /** Gradients of all inputs, the loss being the sum of all outputs. */
  CustomOp backward() {
    Nd4j.exec(backward);
    return backward;
  }

  /** @throws IllegalStateException when the first step of the first window is not what the scalar kernel says */
  void requireOurFigures(Parameters parameters) {
    Network network = new ScalarKernel().load(parameters);
    float[] x = Workload.normals(spec.inputs());
    HiddenState expected = HiddenState.initial(spec);
    network.step(x, HiddenState.initial(spec), expected);
    INDArray actual = forward();
    for (int n = 0; n < spec.hidden(); n++) {
      float value = actual.getFloat(0, 0, n);
      if (Math.abs(value - expected.h()[n]) > TOLERANCE) {
        throw new IllegalStateException("lstmLayer rejected: field=h[" + n + "], expected="
            + expected.h()[n] + ", actual=" + value + ". It must compute what we do.");
      }
    }
  }
}
