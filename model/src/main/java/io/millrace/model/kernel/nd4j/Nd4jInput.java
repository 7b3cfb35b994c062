package io.millrace.model.kernel.nd4j;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.kernel.DenseInput;
import io.millrace.model.kernel.Slot;
import io.millrace.model.learn.PackedBatch;
import java.util.Arrays;
import java.util.List;

/** From the rows of a packed batch to the inputs of the first layer [N,I], and back to the embeddings. */
final class Nd4jInput {
  private final int rowWidth;
  private final DenseInput dense;
  private final List<Slot> embedded;
  private final float[] x;
  private final Matrix dx;

  /** The embeddings' part of the gradient: the end of the layout. */
  private final float[] gradient;

  private final int gradientAt;

  Nd4jInput(ParameterLayout layout) {
    ModelSpec spec = layout.spec();
    this.rowWidth = spec.rowWidth();
    this.dense = new DenseInput(layout);
    this.embedded = Slot.of(layout).stream().filter(Slot::isEmbedded).toList();
    this.x = new float[spec.inputs()];
    this.dx = new Matrix(spec.inputs());
    this.gradientAt = embedded.isEmpty() ? layout.size() : embedded.get(0).table();
    this.gradient = new float[layout.size() - gradientAt];
  }

  /** @param inputs written: [N,I] */
  void forward(float[] values, PackedBatch batch, Matrix inputs) {
    for (int t = 0; t < batch.steps(); t++) {
      for (int rank = 0; rank < batch.active(t); rank++) {
        dense.expand(values, batch.window(rank).inputs(), t * rowWidth, x);
        inputs.put(batch.start(t) + rank, x, 0);
      }
    }
  }

  void backward(PackedBatch batch, Nd4jLstm first) {
    if (embedded.isEmpty()) {
      return;
    }
    Arrays.fill(gradient, 0);
    dx.reserve(batch.rows());
    first.inputGradient(batch, dx);
    for (int t = 0; t < batch.steps(); t++) {
      for (int rank = 0; rank < batch.active(t); rank++) {
        dx.get(batch.start(t) + rank, x);
        gather(batch.window(rank).inputs(), t * rowWidth);
      }
    }
  }

  private void gather(float[] rows, int rowAt) {
    for (Slot slot : embedded) {
      int id = slot.id(rows, rowAt);
      for (int e = 0; id >= 0 && e < slot.embedding(); e++) {
        // forward: x = embedding[id]
        gradient[slot.embeddingAt(id) - gradientAt + e] += x[slot.inputAt() + e];
      }
    }
  }

  void addGradientTo(float[] sums) {
    for (int n = 0; n < gradient.length; n++) {
      sums[gradientAt + n] += gradient[n];
    }
  }
}
