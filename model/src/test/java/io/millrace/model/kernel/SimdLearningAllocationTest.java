package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.Models;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.TrainingWindow;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learning a batch costs the simd kernel no garbage but the loss it returns, whatever the head. */
class SimdLearningAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int LOSS_AND_ITERATORS = 256;

  static Stream<ModelSpec> models() {
    return Stream.concat(
        Stream.of(
            Models.numeric(3, 1, 8, Head.CATEGORY, 70),
            Models.numeric(3, 1, 8, Head.BINARY, 0),
            Models.numeric(3, 1, 8, Head.REGRESSION, 0)),
        Models.categorical(1, 8));
  }

  /** Interpreted and half-compiled vectors are boxed, so the first rounds allocate; compiled code must not. */
  @ParameterizedTest
  @MethodSource("models")
  void onceCompiledABatchAllocatesNothing(ModelSpec spec) {
    List<TrainingWindow> batch = TrainingBatches.windows(spec, 7, 30, 40, 30, 20, 9, 40);
    float[] values = TrainingBatches.values(spec, 3);
    float[] gradient = new float[values.length];
    Backpropagation learning = Kernels.choose("simd").kernel().backpropagation(spec);

    long least = Long.MAX_VALUE;
    for (int round = 0; round < 4_000 && least > LOSS_AND_ITERATORS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      learning.accumulate(values, batch, gradient);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(least).isLessThanOrEqualTo(LOSS_AND_ITERATORS);
  }
}
