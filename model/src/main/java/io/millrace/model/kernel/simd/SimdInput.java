package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.kernel.Slot;
import io.millrace.model.learn.PackedBatch;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a layer reads beside h, over a packed batch: numbers and embeddings as columns x of its rows, one-hot ids straight into its
 * gates. Only the first layer has ids.
 */
final class SimdInput {
  private final int rowWidth;
  private final int numeric;
  private final SimdOneHot[] oneHot;
  private final SimdEmbedding[] embedded;
  private final int[] embeddedAt;
  private final int[] columns;

  SimdInput(ParameterLayout layout, int layer) {
    ModelSpec spec = layout.spec();
    List<Slot> slots = layer == 0 ? Slot.of(layout) : List.of();
    this.rowWidth = spec.rowWidth();
    this.numeric = layer == 0 ? spec.numericColumns() : spec.hidden();
    this.oneHot = slots.stream()
        .filter(slot -> !slot.isEmbedded())
        .map(slot -> new SimdOneHot(layout, slot))
        .toArray(SimdOneHot[]::new);
    Slot[] tables = slots.stream().filter(Slot::isEmbedded).toArray(Slot[]::new);
    this.embedded = new SimdEmbedding[tables.length];
    this.embeddedAt = new int[tables.length];
    IntStream x = IntStream.range(0, numeric);
    int width = numeric;
    for (int n = 0; n < tables.length; n++) {
      embedded[n] = new SimdEmbedding(layout, tables[n]);
      embeddedAt[n] = width;
      width += tables[n].embedding();
      int first = tables[n].inputAt();
      x = IntStream.concat(x, IntStream.range(first, first + tables[n].embedding()));
    }
    this.columns = x.toArray();
  }

  /** Which columns of weight_ih those of x are multiplied with. */
  int[] columns() {
    return columns;
  }

  /** Of the first layer: packs what the batch needs, and writes x from {@code inputAt} on. */
  void load(float[] values, PackedBatch batch, SimdRows rows, int inputAt) {
    for (int t = 0; t < batch.steps(); t++) {
      for (int rank = 0; rank < batch.active(t); rank++) {
        int at = rows.at(batch.start(t) + rank, inputAt);
        System.arraycopy(batch.window(rank).inputs(), t * rowWidth, rows.values(), at, numeric);
      }
    }
    for (int n = 0; n < embedded.length; n++) {
      embedded[n].load(values, batch);
      embedded[n].forward(values, batch, rows, inputAt + embeddedAt[n]);
    }
    for (SimdOneHot slot : oneHot) {
      slot.load(values, batch);
    }
  }

  /** @param gates z of the rows of one step and block, added to */
  void forward(PackedBatch batch, int t, int block, float[] gates, int gatesAt) {
    for (SimdOneHot slot : oneHot) {
      slot.forward(batch, t, block, gates, gatesAt);
    }
  }

  /** @param dz of all rows */
  void backward(PackedBatch batch, float[] dz) {
    for (SimdOneHot slot : oneHot) {
      slot.backward(batch, dz);
    }
    for (SimdEmbedding slot : embedded) {
      slot.backward(batch, dz);
    }
  }

  void addGradientTo(float[] target) {
    for (SimdOneHot slot : oneHot) {
      slot.addGradientTo(target);
    }
    for (SimdEmbedding slot : embedded) {
      slot.addGradientTo(target);
    }
  }
}
