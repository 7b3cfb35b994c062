package io.millrace.benchmarks;

import io.millrace.benchmarks.common.Size;
import io.millrace.model.Parameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch through ND4J's {@code lstmLayer} and {@code lstmLayer_bp}: less than we do, for there is no head and no loss. */
@State(Scope.Thread)
public class Nd4jTrainingBenchmark {
  @Param("B64-T32-F16-H64-L1")
  public String size;

  private Nd4jLstmLayers layers;

  @Setup
  public void load() {
    Size wanted = Size.of(size);
    Parameters parameters = Workload.parameters(Workload.model(wanted));
    layers = new Nd4jLstmLayers(parameters, wanted.windows(), wanted.steps());
    layers.requireOurFigures(parameters);
  }

  @Benchmark
  public INDArray batch() {
    layers.forward();
    return layers.backward();
  }
}
