package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel gives the specification's figures, on sizes chosen to break unrolling. */
class KernelContractTest {
  private static final int STEPS = 6;

  /** kernel, F, H, L */
  static Stream<Arguments> kernelsAndSizes() {
    int[][] sizes = {
      {1, 1, 1},
      {3, 7, 1},
      {7, 8, 2},
      {8, 9, 3},
      {4, 15, 1},
      {5, 16, 2},
      {6, 17, 1},
      {9, 31, 2},
      {31, 33, 1},
      {16, 64, 1},
      {33, 127, 1},
      {127, 64, 2},
      {64, 257, 1}
    };
    return Stream.of("simd", "nd4j")
        .flatMap(kernel ->
            Stream.of(sizes).map(size -> Arguments.of(kernel, size[0], size[1], size[2])));
  }

  static Stream<Arguments> simdSizes() {
    return kernelsAndSizes().filter(arguments -> arguments.get()[0].equals("simd"));
  }

  private static final class Run {
    private final ModelSpec spec;
    private final HiddenState[] states = new HiddenState[STEPS + 1];
    private final float[] y;

    Run(String kernel, int inputs, int hidden, int layers, float scale) {
      spec = new ModelSpec(Cell.LSTM, inputs, layers, hidden, Head.FORECAST);
      Network network = Kernels.choose(kernel).kernel().load(Parameters.initial(spec, 17));
      Random random = new Random(23);
      states[0] = HiddenState.initial(spec);
      for (int t = 0; t < STEPS; t++) {
        float[] x = new float[inputs];
        for (int k = 0; k < inputs; k++) {
          x[k] = scale * (float) random.nextGaussian();
        }
        states[t + 1] = HiddenState.initial(spec);
        network.step(x, states[t], states[t + 1]);
      }
      y = new float[spec.outputs()];
      network.project(states[STEPS], y);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void everyKernelMatchesTheScalarOne(String kernel, int inputs, int hidden, int layers) {
    Run expected = new Run("scalar", inputs, hidden, layers, 1);
    Run actual = new Run(kernel, inputs, hidden, layers, 1);

    float tolerance = 2e-7f * (8 + inputs + hidden);
    for (int t = 1; t <= STEPS; t++) {
      assertThat(actual.states[t].h())
          .usingComparatorWithPrecision(tolerance)
          .containsExactly(expected.states[t].h());
      assertThat(actual.states[t].c())
          .usingComparatorWithPrecision(tolerance)
          .containsExactly(expected.states[t].c());
    }
    assertThat(actual.y).usingComparatorWithPrecision(tolerance).containsExactly(expected.y);
  }

  @ParameterizedTest
  @MethodSource("simdSizes")
  void simdAndScalarAgreeToTheLastBit(String kernel, int inputs, int hidden, int layers) {
    Run expected = new Run("scalar", inputs, hidden, layers, 1);
    Run actual = new Run(kernel, inputs, hidden, layers, 1);

    assertThat(actual.states[STEPS].h()).isEqualTo(expected.states[STEPS].h());
    assertThat(actual.states[STEPS].c()).isEqualTo(expected.states[STEPS].c());
    assertThat(actual.y).isEqualTo(expected.y);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void wildInputsSaturateAndStayFinite(String kernel, int inputs, int hidden, int layers) {
    Run run = new Run(kernel, inputs, hidden, layers, 1e6f);

    for (float h : run.states[STEPS].h()) {
      assertThat(Math.abs(h)).isLessThanOrEqualTo(1.000001f);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void theStateBeforeIsLeftAsItWas(String kernel, int inputs, int hidden, int layers) {
    Run run = new Run(kernel, inputs, hidden, layers, 1);

    assertThat(run.states[0].h()).containsOnly(0f);
    assertThat(run.states[1].h()[0]).isNotCloseTo(0f, within(1e-12f));
  }
}
