package io.millrace.model.kernel.simd;

/** Where all inputs are numbers: one product over {@code [x, h]}, so that no sum leaves its register on the way. */
record SimdDenseSums(int inputs, int hidden, SimdAffine map) implements SimdGateSums {

  @Override
  public void into(
      float[] z, int zAt, float[] x, int xAt, float[] h, int hAt, Workspace workspace) {
    float[] u = workspace.u(inputs + hidden);
    System.arraycopy(x, xAt, u, 0, inputs);
    System.arraycopy(h, hAt, u, inputs, hidden);
    map.apply(u, 0, z, zAt);
  }
}
