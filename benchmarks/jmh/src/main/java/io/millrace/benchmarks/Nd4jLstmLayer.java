package io.millrace.benchmarks;

import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's operations {@code lstmLayer} and {@code lstmLayer_bp}, with all arrays made beforehand. Weights are ours, transposed; the
 * gates have our order.
 */
final class Nd4jLstmLayer {
  private static final int TIME_FIRST = 0;
  private static final int FORWARD = 0;
  private static final int TANH = 0;
  private static final int SIGMOID = 2;

  private final INDArray[] inputs;
  private final INDArray[] gradients;
  private final INDArray outputs;
  private final CustomOp forward;
  private CustomOp backward;

  /** @param x [T,B,I], read anew each time */
  Nd4jLstmLayer(Parameters parameters, int layer, INDArray x) {
    int hidden = parameters.spec().hidden();
    long steps = x.size(0);
    long windows = x.size(1);
    ParameterLayout layout = parameters.layout();
    INDArray bias = matrix(parameters, layout.biasIh(layer))
        .add(matrix(parameters, layout.biasHh(layer)))
        .reshape(4L * hidden);
    this.inputs = new INDArray[] {
      x,
      matrix(parameters, layout.weightIh(layer)).transpose().dup('c'),
      matrix(parameters, layout.weightHh(layer)).transpose().dup('c'),
      bias,
      Nd4j.zeros(windows, hidden),
      Nd4j.zeros(windows, hidden)
    };
    this.gradients = likeInputs();
    this.outputs = Nd4j.zeros(steps, windows, hidden);
    this.forward = operation("lstmLayer").addInputs(inputs).addOutputs(outputs).build();
  }

  private static INDArray matrix(Parameters parameters, Tensor tensor) {
    return Nd4j.create(
        parameters.copyOf(tensor), new long[] {tensor.rows(), tensor.columns()}, 'c');
  }

  private INDArray[] likeInputs() {
    INDArray[] like = new INDArray[inputs.length];
    for (int n = 0; n < like.length; n++) {
      like[n] = Nd4j.zeros(inputs[n].shape());
    }
    return like;
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

  /** @param ofOutputs [T,B,H] gradient of the outputs, read anew each time */
  void attach(INDArray ofOutputs) {
    INDArray[] all = Arrays.copyOf(inputs, inputs.length + 1);
    all[inputs.length] = ofOutputs;
    backward = operation("lstmLayer_bp").addInputs(all).addOutputs(gradients).build();
  }

  /** [T,B,H] h of each step. */
  INDArray outputs() {
    return outputs;
  }

  /** [T,B,I] */
  INDArray inputGradient() {
    return gradients[0];
  }

  void forward() {
    Nd4j.exec(forward);
  }

  void backward() {
    Nd4j.exec(backward);
  }
}
