package io.millrace.benchmarks;

import io.millrace.benchmarks.common.Normals;
import io.millrace.benchmarks.common.Size;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.kernel.Network;
import io.millrace.model.kernel.WeightFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event through our kernels, from float arrays to float arrays. Each event starts from the state that the one before left. */
@State(Scope.Thread)
public class KernelBenchmark {
  private static final String BF16 = "simdBf16";

  @Param({"simd", BF16, "scalar", "nd4j"})
  public String kernel;

  @Param("F16-H64-L1")
  public String size;

  private Network network;
  private float[] x;
  private float[] y;
  private HiddenState before;
  private HiddenState after;

  @Setup
  public void load() {
    ModelSpec spec = Workload.model(Size.of(size));
    network = ours().load(Workload.parameters(spec));
    x = Normals.of(spec.rowWidth());
    y = new float[spec.outputs()];
    before = HiddenState.initial(spec);
    after = HiddenState.initial(spec);
  }

  private Kernel ours() {
    return kernel.equals(BF16)
        ? WeightFormat.BF16.of(Kernels.choose("simd").kernel())
        : Kernels.choose(kernel).kernel();
  }

  @Benchmark
  public HiddenState step() {
    network.step(x, before, after);
    HiddenState written = after;
    after = before;
    before = written;
    return written;
  }

  @Benchmark
  public float[] stepAndHead() {
    network.project(step(), y);
    return y;
  }
}
