package io.millrace.model.kernel.nd4j;

import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.Network;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.learn.Backpropagation;

/**
 * ND4J's native CPU backend (OpenBLAS). Needs no flag of the JVM, and shares no arithmetic with the other kernels, which makes it
 * their reference. Some ten operations of 10 us or more an event: for wide networks.
 */
public final class Nd4jKernel implements Kernel {
  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public Network load(Parameters parameters) {
    return new Nd4jNetwork(parameters);
  }

  @Override
  public Backpropagation backpropagation(ModelSpec spec) {
    return new ScalarKernel().backpropagation(spec);
  }
}
