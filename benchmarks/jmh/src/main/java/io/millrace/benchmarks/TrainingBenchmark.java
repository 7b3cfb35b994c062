package io.millrace.benchmarks;

import io.millrace.benchmarks.common.Normals;
import io.millrace.benchmarks.common.Size;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch of equal windows forward and backward through our kernels, with the forecast head and its loss. */
@State(Scope.Thread)
public class TrainingBenchmark {
  @Param({"simd", "nd4j"})
  public String kernel;

  @Param("B64-T32-F16-H64-L1")
  public String size;

  private Backpropagation backpropagation;
  private float[] values;
  private float[] gradient;
  private List<TrainingWindow> batch;

  @Setup
  public void load() {
    Size wanted = Size.of(size);
    ModelSpec spec = Workload.model(wanted);
    backpropagation = Kernels.choose(kernel).kernel().backpropagation(spec);
    values = Workload.parameters(spec).toArray();
    gradient = new float[values.length];
    int length = wanted.steps() * spec.rowWidth();
    float[] events = Normals.of(wanted.windows() * length + spec.rowWidth());
    batch = IntStream.range(0, wanted.windows())
        .mapToObj(n -> window(spec, events, n * length, wanted.steps()))
        .toList();
  }

  /** Each target is the event after the input. */
  private static TrainingWindow window(ModelSpec spec, float[] events, int from, int steps) {
    int length = steps * spec.rowWidth();
    byte[] mask = new byte[steps];
    Arrays.fill(mask, (byte) 1);
    return new TrainingWindow(
        HiddenState.initial(spec),
        Arrays.copyOfRange(events, from, from + length),
        Arrays.copyOfRange(events, from + spec.rowWidth(), from + spec.rowWidth() + length),
        mask);
  }

  @Benchmark
  public BatchLoss batch() {
    return backpropagation.accumulate(values, batch, gradient);
  }
}
