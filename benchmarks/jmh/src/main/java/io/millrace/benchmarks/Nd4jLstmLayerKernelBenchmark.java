package io.millrace.benchmarks;

import io.millrace.model.Parameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through ND4J's {@code lstmLayer}; nothing is copied in or out. */
@State(Scope.Thread)
public class Nd4jLstmLayerKernelBenchmark {
  private Nd4jLstmLayer layer;

  @Setup
  public void load() {
    Parameters parameters = Workload.parameters(Workload.EVENT);
    layer = new Nd4jLstmLayer(parameters, 1, 1);
    layer.requireOurFigures(parameters);
  }

  @Benchmark
  public INDArray step() {
    return layer.forward();
  }
}
