package io.millrace.benchmarks.dl4j;

import io.millrace.benchmarks.common.Size;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through {@code rnnTimeStep}, which keeps the state inside the network; nothing is copied in or out. */
@State(Scope.Thread)
public class Dl4jKernelBenchmark {
  @Param("F16-H64-L1")
  public String size;

  private MultiLayerNetwork lstm;
  private MultiLayerNetwork lstmAndHead;
  private INDArray x;

  @Setup
  public void load() {
    Size wanted = Size.of(size);
    lstm = Workload.lstm(wanted);
    lstmAndHead = Workload.lstmAndHead(wanted);
    x = Nd4j.randn(1, wanted.inputs());
  }

  @Benchmark
  public INDArray step() {
    return lstm.rnnTimeStep(x);
  }

  @Benchmark
  public INDArray stepAndHead() {
    return lstmAndHead.rnnTimeStep(x);
  }
}
