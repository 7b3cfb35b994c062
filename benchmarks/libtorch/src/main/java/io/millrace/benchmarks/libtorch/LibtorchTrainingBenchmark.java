package io.millrace.benchmarks.libtorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A batch forward and backward through libtorch's LSTM on [B,T,F], with the forecast head and its loss; gradients add up, as ours do.
 * Inputs and targets are tensors made beforehand.
 */
@State(Scope.Thread)
public class LibtorchTrainingBenchmark {
  @Param({"64", "128", "256"})
  public int hidden;

  private TorchNetwork network;
  private Tensor x;
  private Tensor targets;
  private TensorVector state;

  @Setup
  public void load() {
    torch.set_num_threads(1);
    network = Workload.network(hidden, true);
    x = Workload.inputs(Workload.WINDOWS, Workload.STEPS);
    targets = Workload.inputs(Workload.WINDOWS, Workload.STEPS).roll(1);
    state = Workload.zeroState(Workload.WINDOWS, hidden);
    Workload.requireOurFigures(network.lstm(x, state).get0().detach(), hidden);
  }

  @Benchmark
  @SuppressWarnings("try") // the scope frees what is made within it
  public double batch() {
    try (PointerScope scope = new PointerScope()) {
      Tensor h = network.lstm(x, state).get0();
      Tensor loss = network.losses(x, h, targets).sum();
      loss.backward();
      return loss.item_float();
    }
  }
}
