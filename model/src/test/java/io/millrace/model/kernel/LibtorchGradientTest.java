package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.GradientReference;
import io.millrace.model.Tensor;
import io.millrace.model.learn.BatchLoss;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel's gradient is the one that libtorch's automatic differentiation gives, in float64, for the same loss. */
class LibtorchGradientTest {
  /**
   * Of the largest gradient in its tensor: rounding of float32 and the approximated activations (5e-7), through some tens of steps
   * whose errors add up. The worst here is 2e-6.
   */
  private static final double TOLERANCE = 1e-5;

  static Stream<Arguments> kernelsAndReferences() {
    return GradientReference.all()
        .flatMap(reference ->
            Stream.of("scalar", "simd").map(kernel -> Arguments.of(kernel, reference)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndReferences")
  void everyKernelGivesTheGradientOfLibtorch(String kernel, GradientReference reference) {
    float[] values = reference.file().parameters().toArray();
    float[] gradient = new float[values.length];

    BatchLoss loss = Kernels.choose(kernel)
        .kernel()
        .backpropagation(reference.file().spec())
        .accumulate(values, reference.windows(), gradient);

    assertThat(loss.steps()).isEqualTo(reference.steps());
    assertThat(loss.lossSum())
        .isCloseTo(reference.lossSum(), within(TOLERANCE * reference.lossSum()));
    for (Tensor tensor : reference.file().parameters().layout().tensors()) {
      assertClose(tensor, gradient, reference.gradient());
    }
  }

  private static void assertClose(Tensor tensor, float[] actual, double[] expected) {
    double scale = 0;
    for (int n = tensor.offset(); n < tensor.end(); n++) {
      scale = Math.max(scale, Math.abs(expected[n]));
    }
    for (int n = tensor.offset(); n < tensor.end(); n++) {
      assertThat((double) actual[n])
          .as("%s[%d]", tensor.name(), n - tensor.offset())
          .isCloseTo(expected[n], within(TOLERANCE * scale));
    }
  }
}
