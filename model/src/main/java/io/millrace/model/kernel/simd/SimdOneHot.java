package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.kernel.Scratch;
import io.millrace.model.kernel.Slot;
import io.millrace.model.learn.PackedBatch;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A slot whose ids are one-hot, over a packed batch: an id's column of weight_ih is added to the gates forward, and gets the sum of
 * their gradients back. No product has a zero in it.
 *
 * <pre>
 *   weights, gradient [blocks][ids of the batch][4][S]
 * </pre>
 */
final class SimdOneHot {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SimdProduct.WIDTH;
  private static final int LANES = WIDTH / 4;

  private final SimdIds ids;
  private final int inputs;
  private final int hidden;
  private final int weightIh;
  private final int blocks;
  private float[] weights = {};
  private float[] gradient = {};

  SimdOneHot(ParameterLayout layout, Slot slot) {
    ModelSpec spec = layout.spec();
    this.ids = new SimdIds(slot, spec.rowWidth());
    this.inputs = spec.inputs();
    this.hidden = spec.hidden();
    this.weightIh = layout.weightIh(0).offset() + slot.inputAt();
    this.blocks = (hidden + LANES - 1) / LANES;
  }

  /** Packs what the batch needs and clears its gradient. */
  void load(float[] values, PackedBatch batch) {
    ids.gather(batch);
    int length = Math.multiplyExact(blocks * WIDTH, ids.count());
    weights = Scratch.atLeast(weights, length);
    gradient = Scratch.atLeast(gradient, length);
    Arrays.fill(gradient, 0, length, 0);
    for (int row = 0; row < 4 * hidden; row++) {
      int from = weightIh + row * inputs;
      int at = column(row);
      for (int n = 0; n < ids.count(); n++) {
        weights[at + n * WIDTH] = values[from + ids.id(n)];
      }
    }
  }

  /** forward: z += weight_ih[id], for the rows of one step. */
  void forward(PackedBatch batch, int t, int block, float[] gates, int gatesAt) {
    int weightsAt = block * ids.count() * WIDTH;
    add(batch.active(t), ids.numbers(), batch.start(t), weights, weightsAt, gates, gatesAt);
  }

  private static void add(
      int rows,
      int[] numbers,
      int from,
      float[] weights,
      int weightsAt,
      float[] gates,
      int gatesAt) {
    for (int row = 0; row < rows; row++) {
      if (numbers[from + row] >= 0) {
        int w = weightsAt + numbers[from + row] * WIDTH;
        int z = gatesAt + row * WIDTH;
        for (int n = 0; n < WIDTH; n += LANES) {
          FloatVector sum = FloatVector.fromArray(S, gates, z + n);
          sum.add(FloatVector.fromArray(S, weights, w + n)).intoArray(gates, z + n);
        }
      }
    }
  }

  /** forward: z += weight_ih[id], so that column's gradient += dz. */
  void backward(PackedBatch batch, float[] dz) {
    for (int block = 0; block < blocks; block++) {
      int dzAt = block * batch.rows() * WIDTH;
      gather(batch.rows(), ids.numbers(), dz, dzAt, gradient, block * ids.count() * WIDTH);
    }
  }

  private static void gather(
      int rows, int[] numbers, float[] dz, int dzAt, float[] gradient, int gradientAt) {
    for (int row = 0; row < rows; row++) {
      if (numbers[row] >= 0) {
        int g = gradientAt + numbers[row] * WIDTH;
        int z = dzAt + row * WIDTH;
        for (int n = 0; n < WIDTH; n += LANES) {
          FloatVector sum = FloatVector.fromArray(S, gradient, g + n);
          sum.add(FloatVector.fromArray(S, dz, z + n)).intoArray(gradient, g + n);
        }
      }
    }
  }

  void addGradientTo(float[] target) {
    for (int row = 0; row < 4 * hidden; row++) {
      int to = weightIh + row * inputs;
      int at = column(row);
      for (int n = 0; n < ids.count(); n++) {
        target[to + ids.id(n)] += gradient[at + n * WIDTH];
      }
    }
  }

  /** Where a row of PyTorch's order (all units' i, then f, g, o) has its first value. */
  private int column(int row) {
    int unit = row % hidden;
    int gate = row / hidden;
    return unit / LANES * ids.count() * WIDTH + gate * LANES + unit % LANES;
  }
}
