package io.millrace.model.kernel.simd;

import io.millrace.model.HiddenState;

/** Where all inputs are numbers: one product over {@code [x, h]}, so that no sum leaves its register on the way. */
record SimdDenseLayer(
    int inputs, int hidden, int stateAt, CacheLines.Part<float[]> bias, SimdCells cells)
    implements SimdLayer {

  @Override
  public void step(float[] x, int xAt, HiddenState before, HiddenState after, Workspace workspace) {
    float[] u = workspace.u(inputs + hidden);
    System.arraycopy(x, xAt, u, 0, inputs);
    System.arraycopy(before.h(), stateAt, u, inputs, hidden);
    CacheLines.Part<float[]> z = workspace.z(cells.workspace());
    cells.step(u, 0, bias.array(), bias.at(), z.array(), z.at(), before, after);
  }
}
