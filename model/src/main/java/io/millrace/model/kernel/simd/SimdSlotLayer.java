package io.millrace.model.kernel.simd;

import io.millrace.model.HiddenState;

/** Where a row has ids too: what they add comes between the products over the numbers and over h. */
record SimdSlotLayer(SimdAffine fromNumbers, SimdSlots fromSlots, SimdCells cells)
    implements SimdLayer {

  @Override
  public void step(float[] x, int xAt, HiddenState before, HiddenState after, Workspace workspace) {
    CacheLines.Part<float[]> part = workspace.z(cells.workspace());
    float[] z = part.array();
    int zAt = part.at();
    fromNumbers.apply(x, xAt, z, zAt);
    fromSlots.addTo(z, zAt, x, xAt);
    cells.step(before.h(), cells.stateAt(), z, zAt, z, zAt, before, after);
  }
}
