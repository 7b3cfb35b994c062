package io.millrace.benchmarks;

import io.millrace.benchmarks.common.Size;
import io.millrace.model.Parameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through ND4J's {@code lstmLayer}; nothing is copied in or out. */
@State(Scope.Thread)
public class Nd4jKernelBenchmark {
  @Param("F16-H64-L1")
  public String size;

  private Nd4jLstmLayers layers;

  @Setup
  public void load() {
    Parameters parameters = Workload.parameters(Workload.model(Size.of(size)));
    layers = new Nd4jLstmLayers(parameters, 1, 1);
    layers.requireOurFigures(parameters);
  }

  @Benchmark
  public INDArray step() {
    return layers.forward();
  }
}
