package io.millrace.model.kernel.simd;

import io.millrace.model.Parameters;
import io.millrace.model.kernel.Slot;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the ids of a row add to the gates {@code z:[P]}. A one-hot id costs P additions, whatever the number of ids; an embedded
 * one costs E P multiply-adds. Sums in the order of the inputs that the ids would expand to, so to the bit what the dense product
 * gives.
 *
 * <pre>
 *   columns [slots][V or E][P]   of weight_ih, one input after the other
 *   tables  [slots][V][E]
 * </pre>
 */
final class SimdSlots {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private final Slot[] slots;
  private final int padded;
  private final float[][] columns;
  private final float[][] tables;

  /**
   * @param padded P, whole vectors
   * @param weights of all inputs
   */
  SimdSlots(List<Slot> slots, Parameters parameters, int padded, SimdMatrix.Source weights) {
    this.slots = slots.toArray(Slot[]::new);
    this.padded = padded;
    this.columns = new float[slots.size()][];
    this.tables = new float[slots.size()][];
    float[] values = parameters.toArray();
    for (int n = 0; n < slots.size(); n++) {
      Slot slot = slots.get(n);
      columns[n] = columns(slot, padded, weights);
      tables[n] = Arrays.copyOfRange(values, slot.table(), slot.embeddingAt(slot.size()));
    }
  }

  private static float[] columns(Slot slot, int padded, SimdMatrix.Source weights) {
    int width = slot.isEmbedded() ? slot.embedding() : slot.size();
    float[] columns = new float[Math.multiplyExact(width, padded)];
    for (int column = 0; column < width; column++) {
      for (int row = 0; row < padded; row++) {
        columns[column * padded + row] = weights.at(row, slot.inputAt() + column);
      }
    }
    return columns;
  }

  void addTo(float[] z, int zAt, float[] rows, int rowAt) {
    for (int n = 0; n < slots.length; n++) {
      int id = slots[n].id(rows, rowAt);
      if (id >= 0 && slots[n].isEmbedded()) {
        addEmbedded(
            tables[n], id * slots[n].embedding(), slots[n].embedding(), columns[n], z, zAt, padded);
      } else if (id >= 0) {
        add(columns[n], id * padded, z, zAt, padded);
      }
    }
  }

  private static void add(float[] column, int at, float[] z, int zAt, int padded) {
    for (int n = 0; n < padded; n += S.length()) {
      FloatVector sum = FloatVector.fromArray(S, z, zAt + n);
      sum.add(FloatVector.fromArray(S, column, at + n)).intoArray(z, zAt + n);
    }
  }

  private static void addEmbedded(
      float[] table, int at, int embedding, float[] columns, float[] z, int zAt, int padded) {
    for (int n = 0; n < padded; n += S.length()) {
      FloatVector sum = FloatVector.fromArray(S, z, zAt + n);
      for (int e = 0; e < embedding; e++) {
        FloatVector value = FloatVector.broadcast(S, table[at + e]);
        sum = FloatVector.fromArray(S, columns, e * padded + n).fma(value, sum);
      }
      sum.intoArray(z, zAt + n);
    }
  }
}
