package io.millrace.model.kernel.nd4j;

import io.millrace.model.Head;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.PackedBatch;

/** A head and its loss over a packed batch, forward and back. A step's loss is 0 where the target is unknown. */
interface Nd4jLossHead {

  static Nd4jLossHead of(ParameterLayout layout, FlatTensors values, FlatTensors gradient) {
    return layout.spec().head() == Head.FORECAST
        ? new Nd4jForecast(layout, values, gradient)
        : new Nd4jLinearHead(layout, values, gradient);
  }

  void load(float[] values);

  void reserve(PackedBatch batch);

  /**
   * Leaves dy in place of y.
   *
   * @param h [N,H]
   * @return the sum of the steps' losses
   */
  double forward(PackedBatch batch, Matrix h);

  /** @param dh written: [N,H] */
  void backward(PackedBatch batch, Matrix h, Matrix dh);

  /** Of the tensors on the heap; that of the weight is in its place already. */
  void addOwnGradientTo(float[] gradient);
}
