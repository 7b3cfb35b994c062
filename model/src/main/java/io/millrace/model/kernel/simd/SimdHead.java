package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The head's linear map, outputs in blocks of a vector's length {@code S}.
 *
 * <pre>
 *   packed [blocks][1 + H][S]: the bias, then the weights of each k
 * </pre>
 */
final class SimdHead {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();

  private final int hidden;
  private final int topAt;
  private final int outputs;
  private final int blockSize;
  private final float[] packed;

  SimdHead(Parameters parameters) {
    ModelSpec spec = parameters.spec();
    ParameterLayout layout = parameters.layout();
    this.hidden = spec.hidden();
    this.topAt = (spec.layers() - 1) * hidden;
    this.outputs = spec.outputs();
    this.blockSize = (1 + hidden) * LANES;
    this.packed = new float[(outputs + LANES - 1) / LANES * blockSize];
    for (int row = 0; row < outputs; row++) {
      int at = row / LANES * blockSize + row % LANES;
      packed[at] = parameters.at(layout.headBias(), row, 0);
      for (int k = 0; k < hidden; k++) {
        packed[at + (1 + k) * LANES] = parameters.at(layout.headWeight(), row, k);
      }
    }
  }

  void project(float[] h, float[] y) {
    for (int row = 0, at = 0; row < outputs; row += LANES, at += blockSize) {
      FloatVector sum = FloatVector.fromArray(S, packed, at);
      for (int k = 0; k < hidden; k++) {
        sum = FloatVector.fromArray(S, packed, at + (1 + k) * LANES)
            .fma(FloatVector.broadcast(S, h[topAt + k]), sum);
      }
      VectorMask<Float> rows = S.indexInRange(row, outputs);
      sum.intoArray(y, row, rows);
    }
  }
}
