package io.millrace.benchmarks.libtorch;

import io.millrace.benchmarks.common.Size;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One event through libtorch's LSTM, the function behind {@code torch.nn.LSTM}, without gradients. Input and state are tensors made
 * beforehand and the outputs stay tensors: nothing is copied in or out.
 */
@State(Scope.Thread)
public class LibtorchKernelBenchmark {
  @Param("F16-H64-L1")
  public String size;

  private TorchNetwork network;
  private Tensor x;
  private TensorVector state;

  @Setup
  @SuppressWarnings("try") // the scope keeps the pair that h belongs to until h has been read
  public void load() {
    Workload.oneThreadWithoutGradients();
    Size wanted = Size.of(size);
    network = Workload.network(wanted, false);
    x = Workload.inputs(wanted);
    state = Workload.zeroState(wanted);
    try (PointerScope scope = new PointerScope()) {
      Workload.requireOurFigures(network.lstm(x, state).get0(), wanted);
    }
  }

  @Benchmark
  @SuppressWarnings("try") // the scope frees what is made within it
  public long step() {
    try (PointerScope scope = new PointerScope()) {
      T_TensorTensorTensor_T out = network.lstm(x, state);
      return out.address();
    }
  }

  @Benchmark
  @SuppressWarnings("try") // the scope frees what is made within it
  public long stepAndHead() {
    try (PointerScope scope = new PointerScope()) {
      return network.project(network.lstm(x, state).get0()).address();
    }
  }
}
