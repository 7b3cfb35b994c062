package io.millrace.model.kernel.simd;

import io.millrace.model.Head;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.PackedBatch;

/** A head and its loss over a packed batch, forward and back. A step's loss is 0 where the target is unknown. */
interface SimdLossHead {

  static SimdLossHead of(ParameterLayout layout) {
    return layout.spec().head() == Head.FORECAST
        ? new SimdForecast(layout)
        : new SimdLinearHead(layout);
  }

  /** The head's left side; the top layer writes its h from column 0 on. */
  SimdRows rows();

  void load(float[] values);

  void reserve(PackedBatch batch);

  /** The linear map: y of all rows. */
  void forward(PackedBatch batch);

  /**
   * Leaves dy in place of y.
   *
   * @return the sum of the steps' losses
   */
  double loss(PackedBatch batch);

  /** @param dh [strips of H][N][WIDTH], overwritten */
  void backward(PackedBatch batch, float[] dh);

  void addGradientTo(float[] target);
}
