package io.millrace.model.kernel.simd;

import io.millrace.model.Parameters;
import io.millrace.model.Tensor;

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

  /** @param row of the 4P */
  float at(int row, int column) {
    int gate = row / padded;
    int unit = row % padded;
    if (unit >= hidden) {
      return 0;
    }
    float value = values[(gate * hidden + unit) * columns + column];
    return gate == CANDIDATE ? value : 0.5f * value;
  }
}
