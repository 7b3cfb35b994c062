package io.millrace.benchmarks.onnxruntime;

import ai.onnxruntime.OrtException;
import io.millrace.benchmarks.common.Size;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.kernel.ScalarKernel;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through ONNX Runtime's LSTM operator; nothing is copied in or out. */
@State(Scope.Thread)
public class OnnxruntimeKernelBenchmark {
  private static final long SEED = 17;
  private static final double TOLERANCE = 1e-5;

  @Param("F16-H64-L1")
  public String size;

  private OnnxSession lstm;
  private OnnxSession lstmAndHead;

  @Setup
  public void load() throws OrtException {
    Size wanted = Size.of(size);
    ModelSpec spec =
        new ModelSpec(Cell.LSTM, wanted.inputs(), wanted.layers(), wanted.hidden(), Head.FORECAST);
    Parameters parameters = Parameters.initial(spec, SEED);
    float[] x = normals(wanted.inputs());
    lstm = session(parameters, x, false);
    lstmAndHead = session(parameters, x, true);
    requireOurFigures(lstm, parameters, x);
  }

  private static OnnxSession session(Parameters parameters, float[] x, boolean withHead)
      throws OrtException {
    OnnxSession session = new OnnxSession(parameters, withHead);
    session.buffer("x").put(x);
    return session;
  }

  private static float[] normals(int length) {
    Random random = new Random(SEED);
    float[] values = new float[length];
    for (int n = 0; n < length; n++) {
      values[n] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void requireOurFigures(OnnxSession session, Parameters parameters, float[] x)
      throws OrtException {
    ModelSpec spec = parameters.spec();
    HiddenState expected = HiddenState.initial(spec);
    new ScalarKernel().load(parameters).step(x, HiddenState.initial(spec), expected);
    session.run();
    float[] actual = new float[spec.hidden()];
    session.buffer("hn" + (spec.layers() - 1)).get(actual);
    int top = (spec.layers() - 1) * spec.hidden();
    for (int n = 0; n < actual.length; n++) {
      if (Math.abs(actual[n] - expected.h()[top + n]) > TOLERANCE) {
        throw new IllegalStateException("onnxruntime rejected: field=h[" + n + "], expected="
            + expected.h()[top + n] + ", actual=" + actual[n] + ". It must compute what we do.");
      }
    }
  }

  @Benchmark
  public OnnxSession step() throws OrtException {
    lstm.run();
    return lstm;
  }

  @Benchmark
  public OnnxSession stepAndHead() throws OrtException {
    lstmAndHead.run();
    return lstmAndHead;
  }
}
