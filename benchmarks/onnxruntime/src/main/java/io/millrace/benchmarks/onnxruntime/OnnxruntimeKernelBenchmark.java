package io.millrace.benchmarks.onnxruntime;

import ai.onnxruntime.OrtException;
import io.millrace.benchmarks.common.Size;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through ONNX Runtime's LSTM operator; nothing is copied in or out. */
@State(Scope.Thread)
public class OnnxruntimeKernelBenchmark {
  @Param("F16-H64-L1")
  public String size;

  private OnnxSession lstm;
  private OnnxSession lstmAndHead;

  @Setup
  public void load() throws OrtException {
    Workload workload = Workload.of(Size.of(size));
    lstm = session(workload, false);
    lstmAndHead = session(workload, true);
    lstm.run();
    float[] h = new float[workload.spec().hidden()];
    lstm.buffer("hn" + (workload.spec().layers() - 1)).get(h);
    workload.requireOurFigures(h, 1);
  }

  private static OnnxSession session(Workload workload, boolean withHead) throws OrtException {
    OnnxSession session = new OnnxSession(workload.parameters(), withHead);
    session.buffer("x").put(workload.x());
    return session;
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
