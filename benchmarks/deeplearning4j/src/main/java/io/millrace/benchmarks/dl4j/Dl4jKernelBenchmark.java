package io.millrace.benchmarks.dl4j;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through {@code rnnTimeStep}, which keeps the state inside the network; nothing is copied in or out. */
@State(Scope.Thread)
public class Dl4jKernelBenchmark {
  private MultiLayerNetwork lstm;
  private MultiLayerNetwork lstmAndHead;
  private INDArray x;

  @Setup
  public void load() {
    lstm = Workload.lstm(Workload.EVENT_HIDDEN);
    lstmAndHead = Workload.lstmAndHead(Workload.EVENT_HIDDEN);
    x = Nd4j.randn(1, Workload.INPUTS);
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
