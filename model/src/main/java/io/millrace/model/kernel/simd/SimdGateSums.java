package io.millrace.model.kernel.simd;

/** What comes before a layer's activations: {@code z = weight_ih x + weight_hh h + bias}, summed in this order from the bias on. */
interface SimdGateSums {

  /**
   * @param x read from {@code xAt}: a row, or the h below
   * @param h read from {@code hAt}
   * @param z written from {@code zAt}: gates i, f, g, o, each padded to whole vectors
   */
  void into(float[] z, int zAt, float[] x, int xAt, float[] h, int hAt, Workspace workspace);
}
