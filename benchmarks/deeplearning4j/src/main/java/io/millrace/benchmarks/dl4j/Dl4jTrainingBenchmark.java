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

/** A batch through {@code fit}: forward, backward and one SGD update, on [B,F,T]. */
@State(Scope.Thread)
public class Dl4jTrainingBenchmark {
  @Param("B64-T32-F16-H64-L1")
  public String size;

  private MultiLayerNetwork network;
  private INDArray x;
  private INDArray targets;

  @Setup
  public void load() {
    Size wanted = Size.of(size);
    network = Workload.lstmAndHead(wanted);
    x = Nd4j.randn(wanted.windows(), wanted.inputs(), wanted.steps());
    targets = Nd4j.randn(wanted.windows(), wanted.outputs(), wanted.steps());
  }

  @Benchmark
  public double batch() {
    network.fit(x, targets);
    return network.score();
  }
}
