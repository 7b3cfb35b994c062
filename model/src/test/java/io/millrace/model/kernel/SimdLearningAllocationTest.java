package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.Models;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.TrainingWindow;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Learning a batch costs the simd kernel no garbage but the loss it returns, whatever the head. */
class SimdLearningAllocationTest {
  private static final int LOSS_AND_ITERATORS = 256;

  static Stream<ModelSpec> models() {
    return Stream.concat(
        Stream.of(
            Models.numeric(3, 1, 8, Head.CATEGORY, 70),
            Models.numeric(3, 1, 8, Head.BINARY, 0),
            Models.numeric(3, 1, 8, Head.REGRESSION, 0)),
        Models.categorical(1, 8));
  }

  @ParameterizedTest
  @MethodSource("models")
  void onceCompiledABatchAllocatesNothing(ModelSpec spec) {
    List<TrainingWindow> batch = TrainingBatches.windows(spec, 7, 30, 40, 30, 20, 9, 40);
    float[] values = TrainingBatches.values(spec, 3);
    float[] gradient = new float[values.length];
    Backpropagation learning = Kernels.choose("simd").kernel().backpropagation(spec);

    long least = Allocation.onceCompiled(
        LOSS_AND_ITERATORS, () -> learning.accumulate(values, batch, gradient));

    assertThat(least).isLessThanOrEqualTo(LOSS_AND_ITERATORS);
  }
}
