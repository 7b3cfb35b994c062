package io.millrace.model.kernel;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import java.util.Arrays;
import java.util.List;

/** One row to the inputs of the first layer, all of them written out. */
public final class DenseInput {
  private final int numeric;
  private final int inputs;
  private final List<Slot> slots;

  public DenseInput(ParameterLayout layout) {
    ModelSpec spec = layout.spec();
    this.numeric = spec.numericColumns();
    this.inputs = spec.inputs();
    this.slots = Slot.of(layout);
  }

  /**
   * @param values of all parameters
   * @param rows one row is read from {@code rowAt}: [R]
   * @param x written: [I]
   */
  public void expand(float[] values, float[] rows, int rowAt, float[] x) {
    System.arraycopy(rows, rowAt, x, 0, numeric);
    Arrays.fill(x, numeric, inputs, 0);
    for (Slot slot : slots) {
      int id = slot.id(rows, rowAt);
      if (id >= 0 && slot.isEmbedded()) {
        System.arraycopy(values, slot.embeddingAt(id), x, slot.inputAt(), slot.embedding());
      } else if (id >= 0) {
        x[slot.inputAt() + id] = 1;
      }
    }
  }
}
