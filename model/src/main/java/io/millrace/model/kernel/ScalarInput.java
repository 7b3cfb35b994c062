package io.millrace.model.kernel;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;
import java.util.List;

/** From the rows of a window to the inputs of the first layer, and back to the embeddings. */
final class ScalarInput {
  private final int rowWidth;
  private final int numeric;
  private final int inputs;
  private final List<Slot> slots;
  private double[] x = {};

  ScalarInput(ParameterLayout layout) {
    ModelSpec spec = layout.spec();
    this.rowWidth = spec.rowWidth();
    this.numeric = spec.numericColumns();
    this.inputs = spec.inputs();
    this.slots = Slot.of(layout);
  }

  /** @return x:[T,I] */
  double[] forward(double[] values, TrainingWindow window) {
    x = Scratch.atLeast(x, Math.multiplyExact(window.steps(), inputs));
    Arrays.fill(x, 0);
    for (int t = 0; t < window.steps(); t++) {
      for (int k = 0; k < numeric; k++) {
        x[t * inputs + k] = window.inputs()[t * rowWidth + k];
      }
      for (Slot slot : slots) {
        expand(values, slot, slot.id(window.inputs(), t * rowWidth), t * inputs + slot.inputAt());
      }
    }
    return x;
  }

  private void expand(double[] values, Slot slot, int id, int at) {
    if (id >= 0 && !slot.isEmbedded()) {
      x[at + id] = 1;
    }
    for (int e = 0; id >= 0 && e < slot.embedding(); e++) {
      x[at + e] = values[slot.embeddingAt(id) + e];
    }
  }

  /** @param dx [T,I] */
  void backward(double[] dx, TrainingWindow window, double[] gradient) {
    for (int t = 0; t < window.steps(); t++) {
      for (Slot slot : slots) {
        int id = slot.id(window.inputs(), t * rowWidth);
        for (int e = 0; id >= 0 && e < slot.embedding(); e++) {
          // forward: x = embedding[id]
          gradient[slot.embeddingAt(id) + e] += dx[t * inputs + slot.inputAt() + e];
        }
      }
    }
  }
}
