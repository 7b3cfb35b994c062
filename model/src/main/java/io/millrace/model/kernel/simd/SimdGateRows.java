package io.millrace.model.kernel.simd;

import io.millrace.model.Parameters;
import io.millrace.model.Tensor;

/**
 * One tensor of a layer's gates, {@code [4H,K]}, in the order of {@link SimdCells}: rows of units beyond H are zero, and those of i, f
 * and o are halved.
 */
final class SimdGateRows {
  private static final int CANDIDATE = 2;

  private final float[] values;
  private final int columns;
  private final int hidden;

  SimdGateRows(Parameters parameters, Tensor tensor) {
    this.values = parameters.copyOf(tensor);
    this.columns = tensor.columns();
    this.hidden = parameters.spec().hidden();
  }

  /** @param row of {@link SimdCells#rows} */
  float at(int row, int column) {
    int gate = SimdCells.gate(row);
    int unit = SimdCells.unit(row);
    if (unit >= hidden) {
      return 0;
    }
    float value = values[(gate * hidden + unit) * columns + column];
    return gate == CANDIDATE ? value : 0.5f * value;
  }
}
