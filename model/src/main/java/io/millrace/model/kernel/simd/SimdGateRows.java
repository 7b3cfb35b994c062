package io.millrace.model.kernel.simd;

import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import java.util.Arrays;

/**
 * One tensor of a layer's gates, {@code [4H,K]}, as {@link SimdLayer} packs it: each gate has {@code P} rows, those beyond H are zero,
 * and the rows of i, f and o are halved.
 */
final class SimdGateRows {
  private static final int CANDIDATE = 2;

  private final float[] values;
  private final int columns;
  private final int hidden;
  private final int padded;

  /** @param padded P, whole vectors */
  SimdGateRows(Parameters parameters, Tensor tensor, int padded) {
    this.values = parameters.copyOf(tensor);
    this.columns = tensor.columns();
    this.hidden = parameters.spec().hidden();
    this.padded = padded;
  }

  /**
   * A part of a row.
   *
   * @param row of the 4P
   * @param column where the part begins
   * @param into written: [count] from {@code at}
   */
  void read(int row, int column, int count, float[] into, int at) {
    int gate = row / padded;
    int unit = row % padded;
    if (unit >= hidden) {
      Arrays.fill(into, at, at + count, 0);
      return;
    }
    System.arraycopy(values, (gate * hidden + unit) * columns + column, into, at, count);
    if (gate != CANDIDATE) {
      halve(into, at, at + count);
    }
  }

  private static void halve(float[] values, int from, int to) {
    for (int n = from; n < to; n++) {
      values[n] *= 0.5f;
    }
  }
}
