package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;

/** The head's linear map of the top layer. */
final class SimdHead {
  private final int topAt;
  private final int outputs;
  private final SimdAffine map;

  SimdHead(Parameters parameters) {
    ModelSpec spec = parameters.spec();
    Tensor weight = parameters.layout().headWeight();
    Tensor bias = parameters.layout().headBias();
    this.topAt = (spec.layers() - 1) * spec.hidden();
    this.outputs = spec.outputs();
    float[] values = parameters.toArray();
    this.map = new SimdAffine(
        outputs,
        spec.hidden(),
        (row, column) -> values[
            column == SimdAffine.BIAS
                ? bias.offset() + row
                : weight.offset() + row * weight.columns() + column]);
  }

  void project(float[] h, float[] y, Workspace workspace) {
    CacheLines.Part<float[]> z = workspace.z(SimdAffine.padded(outputs));
    map.apply(h, topAt, z.array(), z.at());
    System.arraycopy(z.array(), z.at(), y, 0, outputs);
  }
}
