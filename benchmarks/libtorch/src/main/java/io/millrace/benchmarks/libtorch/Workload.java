package io.millrace.benchmarks.libtorch;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.ScalarKernel;
import java.util.Random;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What is computed: the same parameters and inputs as on our side, in float32. */
final class Workload {
  static final int INPUTS = 16;
  static final int EVENT_HIDDEN = 64;
  static final int WINDOWS = 64;
  static final int STEPS = 32;

  private static final long SEED = 17;
  private static final double TOLERANCE = 1e-5;

  private Workload() {}

  /** For the calling thread, and for good. */
  static AutoGradMode oneThreadWithoutGradients() {
    torch.set_num_threads(1);
    return new AutoGradMode(false);
  }

  private static Parameters parameters(int hidden) {
    return Parameters.initial(new ModelSpec(Cell.LSTM, INPUTS, 1, hidden, Head.FORECAST), SEED);
  }

  static TorchNetwork network(int hidden, boolean learned) {
    Parameters parameters = parameters(hidden);
    return new TorchNetwork(
        parameters.layout(), parameters.toArray(), torch.ScalarType.Float, learned);
  }

  /** [B,T,F], standard normal. */
  static Tensor inputs(int windows, int steps) {
    return Tensor.create(normals(windows * steps * INPUTS), windows, steps, INPUTS);
  }

  private static float[] normals(int length) {
    Random random = new Random(SEED);
    float[] values = new float[length];
    for (int n = 0; n < length; n++) {
      values[n] = (float) random.nextGaussian();
    }
    return values;
  }

  /** h and c, each [1,B,H]. */
  static TensorVector zeroState(int windows, int hidden) {
    float[] zeros = new float[windows * hidden];
    return new TensorVector(
        Tensor.create(zeros, 1, windows, hidden), Tensor.create(zeros, 1, windows, hidden));
  }

  /**
   * @param h [B,T,H]; its first step is looked at
   * @throws IllegalStateException when that is not what the scalar kernel says
   */
  static void requireOurFigures(Tensor h, int hidden) {
    Parameters parameters = parameters(hidden);
    HiddenState expected = HiddenState.initial(parameters.spec());
    new ScalarKernel()
        .load(parameters)
        .step(normals(INPUTS), HiddenState.initial(parameters.spec()), expected);
    float[] actual = new float[hidden];
    h.contiguous().data_ptr_float().get(actual);
    for (int n = 0; n < hidden; n++) {
      if (Math.abs(actual[n] - expected.h()[n]) > TOLERANCE) {
        throw new IllegalStateException("libtorch rejected: field=h[" + n + "], expected="
            + expected.h()[n] + ", actual=" + actual[n] + ". It must compute what we do.");
      }
    }
  }
}
