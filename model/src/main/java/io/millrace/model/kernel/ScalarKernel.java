package io.millrace.model.kernel;

import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.learn.Backpropagation;

/** The specification: the formulas of {@link Network} as plain loops, each sum in ascending order of k, with fused rounding. */
public final class ScalarKernel implements Kernel {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public Network load(Parameters parameters) {
    return new ScalarNetwork(parameters);
  }

  @Override
  public Backpropagation backpropagation(ModelSpec spec) {
    return new ScalarBackpropagation(spec);
  }
}
