package io.millrace.model.kernel.nd4j;

import io.millrace.model.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** All tensors of a model outside the heap, in the order of its layout. */
final class FlatTensors {
  private final FloatBuffer values;
  private final float[] copy;

  FlatTensors(int size) {
    this.values = Matrix.outsideTheHeap(size);
    this.copy = new float[size];
  }

  /** A view: what is written here is seen there. */
  Matrix matrix(Tensor tensor) {
    FloatBuffer part =
        values.duplicate().position(tensor.offset()).limit(tensor.end()).slice();
    return new Matrix(tensor.columns(), part);
  }

  void set(float[] from) {
    values.position(0).put(from);
  }

  void clear() {
    Arrays.fill(copy, 0);
    set(copy);
  }

  void addTo(float[] target) {
    values.position(0).get(copy);
    for (int n = 0; n < target.length; n++) {
      target[n] += copy[n];
    }
  }
}
