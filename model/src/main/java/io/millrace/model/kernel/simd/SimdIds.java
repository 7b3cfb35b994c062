package io.millrace.model.kernel.simd;

import io.millrace.model.kernel.Scratch;
import io.millrace.model.kernel.Slot;
import io.millrace.model.learn.PackedBatch;
import java.util.Arrays;

/**
 * The ids of one slot in a batch, numbered as they first come: what belongs to an id is packed and gathered for these alone, so that
 * a batch costs what is in it and not what there is.
 */
final class SimdIds {
  private static final int NONE = -1;

  private final Slot slot;
  private final int rowWidth;
  private final int[] numberOf;
  private int[] distinct = {};
  private int[] numbers = {};
  private int count;

  SimdIds(Slot slot, int rowWidth) {
    this.slot = slot;
    this.rowWidth = rowWidth;
    this.numberOf = new int[slot.size()];
    Arrays.fill(numberOf, NONE);
  }

  void gather(PackedBatch batch) {
    for (int n = 0; n < count; n++) {
      numberOf[distinct[n]] = NONE;
    }
    count = 0;
    distinct = Scratch.atLeast(distinct, Math.min(batch.rows(), slot.size()));
    numbers = Scratch.atLeast(numbers, batch.rows());
    for (int t = 0; t < batch.steps(); t++) {
      for (int rank = 0; rank < batch.active(t); rank++) {
        int id = slot.id(batch.window(rank).inputs(), t * rowWidth);
        numbers[batch.start(t) + rank] = id < 0 ? NONE : numberOf(id);
      }
    }
  }

  private int numberOf(int id) {
    if (numberOf[id] == NONE) {
      numberOf[id] = count;
      distinct[count++] = id;
    }
    return numberOf[id];
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** The id of a number from 0 to count - 1. */
  int id(int number) {
    return distinct[number];
  }

  /** [N] of each row, negative for none. */
  int[] numbers() {
    return numbers;
  }
}
