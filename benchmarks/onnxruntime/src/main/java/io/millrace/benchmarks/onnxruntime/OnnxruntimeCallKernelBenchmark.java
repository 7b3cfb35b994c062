package io.millrace.benchmarks.onnxruntime;

import ai.onnxruntime.OrtException;
import io.millrace.benchmarks.common.Size;
import io.millrace.model.HiddenState;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through ONNX Runtime's LSTM operator, from float arrays to float arrays. Each starts from the state that the one before left. */
@State(Scope.Thread)
public class OnnxruntimeCallKernelBenchmark {
  private static final int EVENTS_CHECKED = 2;
  private static final float[] NO_HEAD = {};

  @Param("F16-H64-L1")
  public String size;

  private OnnxCall lstm;
  private OnnxCall lstmAndHead;
  private float[] x;
  private float[] y;
  private HiddenState state;

  @Setup
  public void load() throws OrtException {
    Workload workload = Workload.of(Size.of(size));
    lstm = new OnnxCall(workload.parameters(), false);
    lstmAndHead = new OnnxCall(workload.parameters(), true);
    x = workload.x();
    y = new float[workload.spec().outputs()];
    state = HiddenState.initial(workload.spec());
    for (int n = 0; n < EVENTS_CHECKED; n++) {
      step();
    }
    int top = (workload.spec().layers() - 1) * workload.spec().hidden();
    workload.requireOurFigures(
        Arrays.copyOfRange(state.h(), top, state.h().length), EVENTS_CHECKED);
  }

  @Benchmark
  public HiddenState step() throws OrtException {
    lstm.step(x, state, NO_HEAD);
    return state;
  }

  @Benchmark
  public float[] stepAndHead() throws OrtException {
    lstmAndHead.step(x, state, y);
    return y;
  }
}
