package io.millrace.benchmarks.libtorch;

import io.millrace.benchmarks.common.Normals;
import io.millrace.benchmarks.common.Size;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.ScalarKernel;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What is computed: the same parameters and inputs as on our side, in float32. */
final class Workload {
  private static final long SEED = 17;
  private static final double TOLERANCE = 1e-5;

  private Workload() {}

  /** For the calling thread, and for good. */
  static AutoGradMode oneThreadWithoutGradients() {
    torch.set_num_threads(1);
    return new AutoGradMode(false);
  }

  private static Parameters parameters(Size size) {
    ModelSpec spec =
        new ModelSpec(Cell.LSTM, size.inputs(), size.layers(), size.hidden(), Head.FORECAST);
    return Parameters.initial(spec, SEED);
  }

  static TorchNetwork network(Size size, boolean learned) {
    Parameters parameters = parameters(size);
    return new TorchNetwork(
        parameters.layout(), parameters.toArray(), torch.ScalarType.Float, learned);
  }

  /** [B,T,F], standard normal. */
  static Tensor inputs(Size size) {
    return Tensor.create(
        Normals.of(size.windows() * size.steps() * size.inputs()),
        size.windows(),
        size.steps(),
        size.inputs());
  }

  /** h and c, each [L,B,H]. */
  static TensorVector zeroState(Size size) {
    return new TensorVector(zeros(size), zeros(size));
  }

  private static Tensor zeros(Size size) {
    return Tensor.create(
        new float[size.layers() * size.windows() * size.hidden()],
        size.layers(),
        size.windows(),
        size.hidden());
  }

  /**
   * @param h [B,T,H] of the top layer; its first step is looked at
   * @throws IllegalStateException when that is not what the scalar kernel says
   */
  static void requireOurFigures(Tensor h, Size size) {
    Parameters parameters = parameters(size);
    HiddenState expected = HiddenState.initial(parameters.spec());
    new ScalarKernel()
        .load(parameters)
        .step(Normals.of(size.inputs()), HiddenState.initial(parameters.spec()), expected);
    float[] actual = new float[size.hidden()];
    h.contiguous().data_ptr_float().get(actual);
    int top = (size.layers() - 1) * size.hidden();
    for (int n = 0; n < size.hidden(); n++) {
      if (Math.abs(actual[n] - expected.h()[top + n]) > TOLERANCE) {
        throw new IllegalStateException("libtorch rejected: field=h[" + n + "], expected="
            + expected.h()[top + n] + ", actual=" + actual[n] + ". It must compute what we do.");
      }
    }
  }
}
