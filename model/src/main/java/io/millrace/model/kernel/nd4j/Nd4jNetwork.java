package io.millrace.model.kernel.nd4j;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import io.millrace.model.kernel.DenseInput;
import io.millrace.model.kernel.Network;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The formulas of {@link Network} in ND4J's operations; columns are vectors. */
final class Nd4jNetwork implements Network {
  private final ModelSpec spec;
  private final Parameters parameters;
  private final float[] values;
  private final DenseInput input;
  private final Layer[] layers;
  private final INDArray headWeight;
  private final INDArray headBias;

  private record Layer(INDArray weightIh, INDArray weightHh, INDArray bias) {}

  Nd4jNetwork(Parameters parameters) {
    this.spec = parameters.spec();
    this.parameters = parameters;
    this.values = parameters.toArray();
    this.input = new DenseInput(parameters.layout());
    this.layers = new Layer[spec.layers()];
    ParameterLayout layout = parameters.layout();
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new Layer(
          matrix(layout.weightIh(layer)),
          matrix(layout.weightHh(layer)),
          matrix(layout.biasIh(layer)).add(matrix(layout.biasHh(layer))));
    }
    this.headWeight = matrix(layout.headWeight());
    this.headBias = matrix(layout.headBias());
  }

  private INDArray matrix(Tensor tensor) {
    return Nd4j.create(
        parameters.copyOf(tensor), new long[] {tensor.rows(), tensor.columns()}, 'c');
  }

  private static INDArray column(float[] values, int from, int length) {
    return Nd4j.create(
        Arrays.copyOfRange(values, from, from + length), new long[] {length, 1}, 'c');
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public void step(float[] row, HiddenState before, HiddenState after) {
    int hidden = spec.hidden();
    float[] x = new float[spec.inputs()];
    input.expand(values, row, 0, x);
    INDArray in = column(x, 0, x.length);
    for (int layer = 0; layer < layers.length; layer++) {
      int at = layer * hidden;
      INDArray z = layers[layer]
          .weightIh
          .mmul(in)
          .addi(layers[layer].weightHh.mmul(column(before.h(), at, hidden)))
          .addi(layers[layer].bias);
      INDArray c = sigmoid(z, 1)
          .muli(column(before.c(), at, hidden))
          .addi(sigmoid(z, 0).muli(Transforms.tanh(gate(z, 2))));
      INDArray h = sigmoid(z, 3).muli(Transforms.tanh(c));
      System.arraycopy(c.data().asFloat(), 0, after.c(), at, hidden);
      System.arraycopy(h.data().asFloat(), 0, after.h(), at, hidden);
      in = h;
    }
  }

  private INDArray gate(INDArray z, int gate) {
    int hidden = spec.hidden();
    return z.get(NDArrayIndex.interval(gate * hidden, (gate + 1) * hidden), NDArrayIndex.all())
        .dup('c');
  }

  private INDArray sigmoid(INDArray z, int gate) {
    return Transforms.sigmoid(gate(z, gate));
  }

  @Override
  public void project(HiddenState state, float[] y) {
    INDArray h = column(state.h(), (spec.layers() - 1) * spec.hidden(), spec.hidden());
    System.arraycopy(headWeight.mmul(h).addi(headBias).data().asFloat(), 0, y, 0, y.length);
  }
}
