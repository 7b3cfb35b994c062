package io.millrace.model.kernel.simd;

import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.Network;
import io.millrace.model.learn.Backpropagation;

/**
 * The JDK's Vector API, fused: product, gates and state update of a block of units in one sweep over the weights, which are read
 * once, in the order they lie in memory.
 *
 * <p>Each unit sums in the same order as the scalar kernel with the same rounding, so both agree to the last bit, whatever the width
 * of the machine's vectors.
 */
public final class SimdKernel implements Kernel {
  @Override
  public String name() {
    return "simd";
  }

  @Override
  public Network load(Parameters parameters) {
    return new SimdNetwork(parameters);
  }

  @Override
  public Backpropagation backpropagation(ModelSpec spec) {
    return new SimdBackpropagation(spec);
  }
}
