package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.PackedBatch;
import io.millrace.model.learn.TrainingWindow;
import java.util.List;

/** All layers and the head forward, then back, over a packed batch; nothing is allocated for a batch no larger than one before. */
final class SimdBackpropagation implements Backpropagation {
  private final PackedBatch batch;
  private final SimdLstm[] layers;
  private final SimdLossHead head;

  SimdBackpropagation(ModelSpec spec) {
    ParameterLayout layout = new ParameterLayout(spec);
    this.batch = new PackedBatch(spec);
    this.layers = new SimdLstm[spec.layers()];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new SimdLstm(layout, layer);
    }
    this.head = SimdLossHead.of(layout);
  }

  @Override
  public BatchLoss accumulate(float[] values, List<TrainingWindow> windows, float[] gradient) {
    batch.pack(windows);
    load(values);
    layers[0].loadInput(values, batch);
    forward();
    double lossSum = head.loss(batch);
    backward();
    for (SimdLstm layer : layers) {
      layer.addGradientTo(gradient);
    }
    head.addGradientTo(gradient);
    return new BatchLoss(batch.known(), lossSum);
  }

  private void load(float[] values) {
    for (SimdLstm layer : layers) {
      layer.load(values);
      layer.reserve(batch);
    }
    head.load(values);
    head.reserve(batch);
  }

  private void forward() {
    for (int layer = 0; layer + 1 < layers.length; layer++) {
      layers[layer].forward(batch, layers[layer + 1].rows(), layers[layer + 1].inputAt());
    }
    layers[layers.length - 1].forward(batch, head.rows(), 0);
    head.forward(batch);
  }

  private void backward() {
    int top = layers.length - 1;
    head.backward(batch, layers[top].dh());
    for (int layer = top; layer > 0; layer--) {
      layers[layer].backward(batch);
      layers[layer].inputGradient(batch, layers[layer - 1]);
    }
    layers[0].backward(batch);
  }
}
