package io.millrace.model.kernel.nd4j;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.PackedBatch;
import io.millrace.model.learn.TrainingWindow;
import java.util.List;

/** All layers and the head forward, then back, over a packed batch. */
final class Nd4jBackpropagation implements Backpropagation {
  private final PackedBatch batch;
  private final FlatTensors values;
  private final FlatTensors gradient;
  private final Nd4jInput input;
  private final Nd4jLstm[] layers;
  private final Nd4jLossHead head;

  /** What each layer reads, [N,I] or [N,H], and last what the head reads. */
  private final Matrix[] inputs;

  Nd4jBackpropagation(ModelSpec spec) {
    ParameterLayout layout = new ParameterLayout(spec);
    this.input = new Nd4jInput(layout);
    this.batch = new PackedBatch(spec);
    this.values = new FlatTensors(layout.size());
    this.gradient = new FlatTensors(layout.size());
    this.layers = new Nd4jLstm[spec.layers()];
    this.inputs = new Matrix[layers.length + 1];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new Nd4jLstm(layout, layer, values, gradient);
      inputs[layer] = new Matrix(spec.inputsOf(layer));
    }
    inputs[layers.length] = new Matrix(spec.hidden());
    this.head = Nd4jLossHead.of(layout, values, gradient);
  }

  @Override
  public BatchLoss accumulate(float[] parameters, List<TrainingWindow> windows, float[] sums) {
    batch.pack(windows);
    load(parameters);
    input.forward(parameters, batch, inputs[0]);
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer].forward(batch, inputs[layer], inputs[layer + 1]);
    }
    double lossSum = head.forward(batch, inputs[layers.length]);
    backward();
    addTo(sums);
    return new BatchLoss(batch.known(), lossSum);
  }

  private void load(float[] parameters) {
    values.set(parameters);
    gradient.clear();
    for (Nd4jLstm layer : layers) {
      layer.load(parameters);
      layer.reserve(batch);
    }
    head.load(parameters);
    head.reserve(batch);
    for (Matrix input : inputs) {
      input.reserve(batch.rows());
    }
  }

  private void backward() {
    int top = layers.length - 1;
    head.backward(batch, inputs[layers.length], layers[top].dh());
    for (int layer = top; layer >= 0; layer--) {
      layers[layer].backward(batch, inputs[layer]);
      if (layer > 0) {
        layers[layer].inputGradient(batch, layers[layer - 1].dh());
      }
    }
    input.backward(batch, layers[0]);
  }

  private void addTo(float[] sums) {
    gradient.addTo(sums);
    for (Nd4jLstm layer : layers) {
      layer.addBiasGradientTo(sums);
    }
    head.addOwnGradientTo(sums);
    input.addGradientTo(sums);
  }
}
