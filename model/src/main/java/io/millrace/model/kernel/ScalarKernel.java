package io.millrace.model.kernel;

import io.millrace.model.Parameters;

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
}
