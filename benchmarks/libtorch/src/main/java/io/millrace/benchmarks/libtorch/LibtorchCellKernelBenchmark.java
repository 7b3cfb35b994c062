package io.millrace.benchmarks.libtorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through libtorch's LSTM cell, the shortest way it has: the function behind {@code torch.nn.LSTMCell}. */
@State(Scope.Thread)
public class LibtorchCellKernelBenchmark {
  private TorchNetwork network;
  private TensorOptional biasIh;
  private TensorOptional biasHh;
  private Tensor x;
  private TensorVector state;

  @Setup
  public void load() {
    Workload.oneThreadWithoutGradients();
    network = Workload.network(Workload.EVENT_HIDDEN, false);
    biasIh = new TensorOptional(network.leaves().get(2));
    biasHh = new TensorOptional(network.leaves().get(3));
    x = Workload.inputs(1, 1).select(1, 0);
    TensorVector layered = Workload.zeroState(1, Workload.EVENT_HIDDEN);
    state = new TensorVector(layered.get(0).select(0, 0), layered.get(1).select(0, 0));
    Workload.requireOurFigures(cell().get0(), Workload.EVENT_HIDDEN);
  }

  private T_TensorTensor_T cell() {
    return torch.lstm_cell(
        x, state, network.leaves().get(0), network.leaves().get(1), biasIh, biasHh);
  }

  @Benchmark
  @SuppressWarnings("try") // the scope frees what is made within it
  public long step() {
    try (PointerScope scope = new PointerScope()) {
      return cell().address();
    }
  }

  @Benchmark
  @SuppressWarnings("try") // the scope frees what is made within it
  public long stepAndHead() {
    try (PointerScope scope = new PointerScope()) {
      return network.project(cell().get0()).address();
    }
  }
}
