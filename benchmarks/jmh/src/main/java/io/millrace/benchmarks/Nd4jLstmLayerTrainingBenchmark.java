package io.millrace.benchmarks;

import io.millrace.model.Parameters;
import org.nd4j.linalg.api.ops.CustomOp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch through ND4J's {@code lstmLayer} and {@code lstmLayer_bp}: less than we do, for there is no head and no loss. */
@State(Scope.Thread)
public class Nd4jLstmLayerTrainingBenchmark {
  @Param({"64", "128", "256"})
  public int hidden;

  private Nd4jLstmLayer layer;

  @Setup
  public void load() {
    Parameters parameters = Workload.parameters(Workload.model(hidden));
    layer = new Nd4jLstmLayer(parameters, Workload.WINDOWS, Workload.STEPS);
    layer.requireOurFigures(parameters);
  }

  @Benchmark
  public CustomOp batch() {
    layer.forward();
    return layer.backward();
  }
}
