package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.ForwardReference;
import io.millrace.model.ForwardReference.Sequence;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel gives libtorch's figures, which were computed in float64 with the library's own tanh and logistic function. */
class LibtorchReferenceTest {
  /**
   * What a step may add to the error: the bound of the approximated activations, several times the rounding of a sum of some hundred
   * floats. The forget gate keeps earlier errors, so steps and layers add up, at worst. Relative beyond 1.
   */
  private static final float TOLERANCE_OF_A_STEP = 5e-7f;

  static Stream<Arguments> kernelsAndReferences() {
    return ForwardReference.all()
        .flatMap(reference ->
            Stream.of("scalar", "simd", "nd4j").map(kernel -> Arguments.of(kernel, reference)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndReferences")
  void everyKernelGivesTheFiguresOfLibtorch(String kernel, ForwardReference reference) {
    Network network = Kernels.choose(kernel).kernel().load(reference.file().parameters());

    for (Sequence sequence : reference.sequences()) {
      check(network, sequence);
    }
  }

  private static void check(Network network, Sequence sequence) {
    ModelSpec spec = network.spec();
    int steps = sequence.inputs().length / spec.rowWidth();
    float[] outputs = new float[steps * spec.hidden()];
    float[] projections = new float[steps * spec.outputs()];
    HiddenState state = sequence.initial();
    for (int t = 0; t < steps; t++) {
      float[] x =
          Arrays.copyOfRange(sequence.inputs(), t * spec.rowWidth(), (t + 1) * spec.rowWidth());
      HiddenState after = HiddenState.initial(spec);
      network.step(x, state, after);
      float[] y = new float[spec.outputs()];
      network.project(after, y);
      System.arraycopy(
          after.h(), spec.stateSize() - spec.hidden(), outputs, t * spec.hidden(), spec.hidden());
      System.arraycopy(y, 0, projections, t * spec.outputs(), spec.outputs());
      state = after;
    }

    float tolerance = TOLERANCE_OF_A_STEP * steps * spec.layers();
    assertClose("outputs", outputs, sequence.outputs(), tolerance);
    assertClose("projections", projections, sequence.projections(), tolerance);
    assertClose("h", state.h(), sequence.finalH(), tolerance);
    assertClose("c", state.c(), sequence.finalC(), tolerance);
  }

  private static void assertClose(String what, float[] actual, double[] expected, float tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int n = 0; n < actual.length; n++) {
      assertThat((double) actual[n])
          .as("%s[%d]", what, n)
          .isCloseTo(expected[n], within(tolerance * Math.max(1, Math.abs(expected[n]))));
    }
  }
}
