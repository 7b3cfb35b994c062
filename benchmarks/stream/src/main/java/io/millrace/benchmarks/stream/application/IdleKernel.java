package io.millrace.benchmarks.stream.application;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.Network;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.TrainingWindow;

/** A kernel without a network: everything around it is the same. */
final class IdleKernel implements Kernel {
  @Override
  public String name() {
    return "idle";
  }

  @Override
  public Network load(Parameters parameters) {
    return new IdleNetwork(parameters.spec());
  }

  @Override
  public Backpropagation backpropagation(ModelSpec spec) {
    return (values, batch, gradient) ->
        new BatchLoss(batch.stream().mapToLong(TrainingWindow::knownSteps).sum(), 0);
  }

  private record IdleNetwork(ModelSpec spec) implements Network {
    @Override
    public void step(float[] x, HiddenState before, HiddenState after) {}

    @Override
    public void project(HiddenState state, float[] y) {}
  }
}
