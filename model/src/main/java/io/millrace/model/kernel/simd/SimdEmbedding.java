package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.kernel.Scratch;
import io.millrace.model.kernel.Slot;
import io.millrace.model.learn.PackedBatch;
import java.util.Arrays;

/**
 * A slot whose ids are embedded, over a packed batch: its E columns of the first layer's input are copied from the table, and their
 * gradient is added up for each id.
 *
 * <pre>
 *   toColumns [strips of E][4 blocks S][NARROW]   weight_ih, its rows in the order of the gates' columns
 *   dx        [strips of E][N][NARROW]
 *   gradient  [ids of the batch][E]
 * </pre>
 */
final class SimdEmbedding {
  private static final int WIDTH = SimdProduct.WIDTH;
  private static final int LANES = WIDTH / 4;
  private static final int NARROW = SimdNarrowProduct.WIDTH;

  private final Slot slot;
  private final SimdIds ids;
  private final int inputs;
  private final int hidden;
  private final int weightIh;
  private final int blocks;
  private final int strips;
  private final float[] toColumns;
  private float[] dx = {};
  private float[] gradient = {};

  SimdEmbedding(ParameterLayout layout, Slot slot) {
    ModelSpec spec = layout.spec();
    this.slot = slot;
    this.ids = new SimdIds(slot, spec.rowWidth());
    this.inputs = spec.inputs();
    this.hidden = spec.hidden();
    this.weightIh = layout.weightIh(0).offset() + slot.inputAt();
    this.blocks = (hidden + LANES - 1) / LANES;
    this.strips = (slot.embedding() + NARROW - 1) / NARROW;
    this.toColumns = new float[Math.multiplyExact(strips * NARROW, blocks * WIDTH)];
  }

  /** Packs the weights of the columns, takes the batch's ids and clears their gradient. */
  void load(float[] values, PackedBatch batch) {
    ids.gather(batch);
    dx = Scratch.atLeast(dx, Math.multiplyExact(strips * NARROW, batch.rows()));
    int length = Math.multiplyExact(ids.count(), slot.embedding());
    gradient = Scratch.atLeast(gradient, length);
    Arrays.fill(gradient, 0, length, 0);
    for (int row = 0; row < 4 * hidden; row++) {
      int unit = row % hidden;
      int depth = unit / LANES * WIDTH + row / hidden * LANES + unit % LANES;
      for (int from = 0; from < slot.embedding(); from += NARROW) {
        int at = (from / NARROW * blocks * WIDTH + depth) * NARROW;
        int count = Math.min(NARROW, slot.embedding() - from);
        System.arraycopy(values, weightIh + row * inputs + from, toColumns, at, count);
      }
    }
  }

  /** Writes the columns of all rows, from {@code column} on; zeros for none. */
  void forward(float[] values, PackedBatch batch, SimdRows rows, int column) {
    int[] numbers = ids.numbers();
    for (int row = 0; row < batch.rows(); row++) {
      int to = rows.at(row, column);
      if (numbers[row] < 0) {
        Arrays.fill(rows.values(), to, to + slot.embedding(), 0);
      } else {
        int from = slot.embeddingAt(ids.id(numbers[row]));
        System.arraycopy(values, from, rows.values(), to, slot.embedding());
      }
    }
  }

  /** forward: z += x weight_ih^T, so dx = dz weight_ih; and x = embedding[id], so that row's gradient += dx. */
  void backward(PackedBatch batch, float[] dz) {
    int stripSize = batch.rows() * NARROW;
    Arrays.fill(dx, 0, strips * stripSize, 0);
    for (int strip = 0; strip < strips; strip++) {
      for (int block = 0; block < blocks; block++) {
        SimdNarrowProduct.accumulate(
            batch.rows(),
            WIDTH,
            dz,
            block * batch.rows() * WIDTH,
            WIDTH,
            1,
            toColumns,
            (strip * blocks + block) * WIDTH * NARROW,
            dx,
            strip * stripSize);
      }
      gather(batch, strip);
    }
  }

  private void gather(PackedBatch batch, int strip) {
    int[] numbers = ids.numbers();
    int first = strip * NARROW;
    int count = Math.min(NARROW, slot.embedding() - first);
    for (int row = 0; row < batch.rows(); row++) {
      if (numbers[row] >= 0) {
        int to = numbers[row] * slot.embedding() + first;
        int from = (strip * batch.rows() + row) * NARROW;
        for (int e = 0; e < count; e++) {
          gradient[to + e] += dx[from + e];
        }
      }
    }
  }

  void addGradientTo(float[] target) {
    for (int n = 0; n < ids.count(); n++) {
      int to = slot.embeddingAt(ids.id(n));
      for (int e = 0; e < slot.embedding(); e++) {
        target[to + e] += gradient[n * slot.embedding() + e];
      }
    }
  }
}
