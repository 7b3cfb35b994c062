package io.millrace.benchmarks.libtorch;

import io.millrace.benchmarks.common.Size;
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
  @Param("B64-T32-F16-H64-L1")
  public String size;

  private TorchNetwork network;
  private Tensor x;
  private Tensor targets;
  private TensorVector state;

  @Setup
  public void load() {
    torch.set_num_threads(1);
    Size wanted = Size.of(size);
    network = Workload.network(wanted, true);
    x = Workload.inputs(wanted);
    targets = Workload.inputs(wanted).roll(1);
    state = Workload.zeroState(wanted);
    Workload.requireOurFigures(network.lstm(x, state).get0().detach(), wanted);
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
