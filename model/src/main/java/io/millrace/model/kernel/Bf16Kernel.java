package io.millrace.model.kernel;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Parameters;
import io.millrace.model.Tensor;
import io.millrace.model.learn.Backpropagation;

/**
 * A kernel whose networks have the recurrent layers' matrices rounded to bfloat16, to nearest with ties to even: off by at most
 * 2^-9 of a weight. Biases, embeddings and the head stay as they are, sums are float32, and so is learning.
 *
 * <p>Rounding comes before the kernel, once a version: what a kernel does with rounded weights, {@link ScalarKernel} specifies.
 */
record Bf16Kernel(Kernel kernel) implements Kernel {
  private static final int LOWER = 0xffff;

  @Override
  public String name() {
    return kernel.name();
  }

  @Override
  public Network load(Parameters parameters) {
    return kernel.load(rounded(parameters));
  }

  @Override
  public Backpropagation backpropagation(ModelSpec spec) {
    return kernel.backpropagation(spec);
  }

  static Parameters rounded(Parameters parameters) {
    ParameterLayout layout = parameters.layout();
    float[] values = parameters.toArray();
    for (int layer = 0; layer < layout.spec().layers(); layer++) {
      round(values, layout.weightIh(layer));
      round(values, layout.weightHh(layer));
    }
    return new Parameters(layout, values);
  }

  private static void round(float[] values, Tensor tensor) {
    for (int n = tensor.offset(); n < tensor.end(); n++) {
      values[n] = rounded(values[n]);
    }
  }

  /** The nearest value whose lower half is zero. */
  static float rounded(float value) {
    if (!Float.isFinite(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(value);
    int even = bits >>> 16 & 1;
    return Float.intBitsToFloat(bits + LOWER / 2 + even & ~LOWER);
  }
}
