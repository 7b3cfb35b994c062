package io.millrace.benchmarks.dl4j;

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
  @Param({"64", "128", "256"})
  public int hidden;

  private MultiLayerNetwork network;
  private INDArray x;
  private INDArray targets;

  @Setup
  public void load() {
    network = Workload.lstmAndHead(hidden);
    x = Nd4j.randn(Workload.WINDOWS, Workload.INPUTS, Workload.STEPS);
    targets = Nd4j.randn(Workload.WINDOWS, Workload.OUTPUTS, Workload.STEPS);
  }

  @Benchmark
  public double batch() {
    network.fit(x, targets);
    return network.score();
  }
}
