package io.millrace.benchmarks.libtorch;

import io.millrace.benchmarks.common.Size;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through libtorch's LSTM cells, the shortest way it has: the function behind {@code torch.nn.LSTMCell}, once a layer. */
@State(Scope.Thread)
public class LibtorchCellKernelBenchmark {
  private static final int TENSORS_OF_LAYER = 4;

  @Param("F16-H64-L1")
  public String size;

  private final List<Cell> cells = new ArrayList<>();
  private TorchNetwork network;
  private Tensor x;

  /** @param state h and c, each [1,H] */
  private record Cell(
      TensorVector state,
      Tensor weightIh,
      Tensor weightHh,
      TensorOptional biasIh,
      TensorOptional biasHh) {
    static Cell of(List<Tensor> parameters, TensorVector state) {
      return new Cell(
          state,
          parameters.get(0),
          parameters.get(1),
          new TensorOptional(parameters.get(2)),
          new TensorOptional(parameters.get(3)));
    }

    Tensor step(Tensor input) {
      return torch.lstm_cell(input, state, weightIh, weightHh, biasIh, biasHh).get0();
    }
  }

  @Setup
  @SuppressWarnings("try") // the scope keeps the pair that h belongs to until h has been read
  public void load() {
    Workload.oneThreadWithoutGradients();
    Size wanted = Size.of(size);
    network = Workload.network(wanted, false);
    x = Workload.inputs(wanted).select(1, 0);
    TensorVector layered = Workload.zeroState(wanted);
    for (int layer = 0; layer < wanted.layers(); layer++) {
      int from = layer * TENSORS_OF_LAYER;
      TensorVector state =
          new TensorVector(layered.get(0).select(0, layer), layered.get(1).select(0, layer));
      cells.add(Cell.of(network.leaves().subList(from, from + TENSORS_OF_LAYER), state));
    }
    try (PointerScope scope = new PointerScope()) {
      Workload.requireOurFigures(topmost(), wanted);
    }
  }

  /** h of the top layer [1,H] */
  private Tensor topmost() {
    Tensor h = x;
    for (Cell cell : cells) {
      h = cell.step(h);
    }
    return h;
  }

  @Benchmark
  @SuppressWarnings("try") // the scope frees what is made within it
  public long step() {
    try (PointerScope scope = new PointerScope()) {
      return topmost().address();
    }
  }

  @Benchmark
  @SuppressWarnings("try") // the scope frees what is made within it
  public long stepAndHead() {
    try (PointerScope scope = new PointerScope()) {
      return network.project(topmost()).address();
    }
  }
}
