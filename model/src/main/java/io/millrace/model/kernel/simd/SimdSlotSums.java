package io.millrace.model.kernel.simd;

/** Where a row has ids too: what they add comes between the products over the numbers and over h. */
record SimdSlotSums(SimdAffine fromNumbers, SimdSlots fromSlots, SimdAffine fromState)
    implements SimdGateSums {

  @Override
  public void into(
      float[] z, int zAt, float[] x, int xAt, float[] h, int hAt, Workspace workspace) {
    fromNumbers.apply(x, xAt, z, zAt);
    fromSlots.addTo(z, zAt, x, xAt);
    fromState.accumulate(h, hAt, z, zAt);
  }
}
