package io.millrace.benchmarks.onnxruntime;

import io.millrace.benchmarks.common.Normals;
import io.millrace.benchmarks.common.Size;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.Network;
import io.millrace.model.kernel.ScalarKernel;

/**
 * What is sent through ONNX Runtime, and what must come out.
 *
 * @param x the inputs of every event
 */
record Workload(Parameters parameters, float[] x) {
  private static final long SEED = 17;
  private static final double TOLERANCE = 1e-5;

  static Workload of(Size size) {
    ModelSpec spec =
        new ModelSpec(Cell.LSTM, size.inputs(), size.layers(), size.hidden(), Head.FORECAST);
    return new Workload(Parameters.initial(spec, SEED), Normals.of(size.inputs()));
  }

  ModelSpec spec() {
    return parameters.spec();
  }

  /**
   * @param h of the top layer, after so many events from the initial state on
   * @throws IllegalStateException when it is not what our scalar kernel computes
   */
  void requireOurFigures(float[] h, int events) {
    float[] expected = ours(events).h();
    int top = (spec().layers() - 1) * spec().hidden();
    for (int n = 0; n < h.length; n++) {
      if (!(Math.abs(h[n] - expected[top + n]) <= TOLERANCE)) {
        throw new IllegalStateException("onnxruntime rejected: field=h[" + n + "], expected="
            + expected[top + n] + ", actual=" + h[n] + ". It must compute what we do.");
      }
    }
  }

  private HiddenState ours(int events) {
    Network network = new ScalarKernel().load(parameters);
    HiddenState state = HiddenState.initial(spec());
    for (int n = 0; n < events; n++) {
      HiddenState after = HiddenState.initial(spec());
      network.step(x, state, after);
      state = after;
    }
    return state;
  }
}
