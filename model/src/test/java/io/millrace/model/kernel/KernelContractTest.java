package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Models;
import io.millrace.model.Parameters;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel gives the specification's figures, on sizes chosen to break unrolling. */
class KernelContractTest {
  private static final int STEPS = 6;

  private static final List<ModelSpec> NUMERIC = List.of(
      forecast(1, 1, 1),
      forecast(3, 7, 1),
      forecast(7, 8, 2),
      forecast(8, 9, 3),
      forecast(4, 15, 1),
      forecast(5, 16, 2),
      forecast(6, 17, 1),
      forecast(9, 31, 2),
      forecast(31, 33, 1),
      forecast(16, 64, 1),
      forecast(33, 127, 1),
      forecast(127, 64, 2),
      forecast(64, 257, 1),
      Models.numeric(9, 2, 31, Head.CATEGORY, 65),
      Models.numeric(5, 1, 64, Head.CATEGORY, 3001),
      Models.numeric(8, 3, 9, Head.BINARY, 0),
      Models.numeric(8, 3, 9, Head.REGRESSION, 0));

  private static final List<ModelSpec> SPECS = Stream.of(
          NUMERIC.stream(), Models.categorical(1, 17), Models.categorical(2, 64))
      .flatMap(specs -> specs)
      .toList();

  private static ModelSpec forecast(int inputs, int hidden, int layers) {
    return new ModelSpec(Cell.LSTM, inputs, layers, hidden, Head.FORECAST);
  }

  static Stream<Arguments> fastKernelsAndModels() {
    return Stream.of("simd", "nd4j")
        .flatMap(kernel -> SPECS.stream().map(spec -> Arguments.of(kernel, spec)));
  }

  static Stream<ModelSpec> models() {
    return SPECS.stream();
  }

  static Stream<Arguments> formatsAndModels() {
    return Stream.of(WeightFormat.values())
        .flatMap(format -> SPECS.stream().map(spec -> Arguments.of(format, spec)));
  }

  private static final class Run {
    private final HiddenState[] states = new HiddenState[STEPS + 1];
    private final float[] y;

    Run(String kernel, ModelSpec spec, float scale) {
      this(Kernels.choose(kernel).kernel(), spec, scale);
    }

    Run(Kernel kernel, ModelSpec spec, float scale) {
      Network network = kernel.load(Parameters.initial(spec, 17));
      Random random = new Random(23);
      states[0] = HiddenState.initial(spec);
      for (int t = 0; t < STEPS; t++) {
        float[] row = TrainingBatches.rows(random, spec, 1, scale);
        states[t + 1] = HiddenState.initial(spec);
        network.step(row, states[t], states[t + 1]);
      }
      y = new float[spec.outputs()];
      network.project(states[STEPS], y);
    }
  }

  @ParameterizedTest
  @MethodSource("fastKernelsAndModels")
  void everyKernelMatchesTheScalarOne(String kernel, ModelSpec spec) {
    Run expected = new Run("scalar", spec, 1);
    Run actual = new Run(kernel, spec, 1);

    float tolerance = 2e-7f * (8 + spec.inputs() + spec.hidden());
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
  @MethodSource("formatsAndModels")
  void simdAndScalarAgreeToTheLastBit(WeightFormat format, ModelSpec spec) {
    requireSameBits(format, spec, 1);
  }

  /** A few gates beyond the bound of tanh, about half of them, and all; sums that overflow; no numbers at all. */
  @ParameterizedTest
  @MethodSource("formatsAndModels")
  void simdAndScalarAgreeToTheLastBitWhereGatesSaturate(WeightFormat format, ModelSpec spec) {
    for (float scale : new float[] {20, 200, 1e6f, Float.MAX_VALUE, Float.NaN}) {
      requireSameBits(format, spec, scale);
    }
  }

  private static void requireSameBits(WeightFormat format, ModelSpec spec, float scale) {
    Run expected = new Run(format.of(Kernels.choose("scalar").kernel()), spec, scale);
    Run actual = new Run(format.of(Kernels.choose("simd").kernel()), spec, scale);

    assertThat(actual.states[STEPS].h())
        .as("scale %s", scale)
        .isEqualTo(expected.states[STEPS].h());
    assertThat(actual.states[STEPS].c())
        .as("scale %s", scale)
        .isEqualTo(expected.states[STEPS].c());
    assertThat(actual.y).as("scale %s", scale).isEqualTo(expected.y);
  }

  @ParameterizedTest
  @MethodSource("models")
  void bf16WeightsMoveAStateByLittleMoreThanTheirRounding(ModelSpec spec) {
    Run exact = new Run("simd", spec, 1);
    Run rounded = new Run(WeightFormat.BF16.of(Kernels.choose("simd").kernel()), spec, 1);

    assertThat(rounded.states[STEPS].h())
        .isNotEqualTo(exact.states[STEPS].h())
        .usingComparatorWithPrecision(0.01f)
        .containsExactly(exact.states[STEPS].h());
  }

  @ParameterizedTest
  @MethodSource("fastKernelsAndModels")
  void wildInputsSaturateAndStayFinite(String kernel, ModelSpec spec) {
    Run run = new Run(kernel, spec, 1e6f);

    for (float h : run.states[STEPS].h()) {
      assertThat(Math.abs(h)).isLessThanOrEqualTo(1.000001f);
    }
  }

  @ParameterizedTest
  @MethodSource("fastKernelsAndModels")
  void theStateBeforeIsLeftAsItWas(String kernel, ModelSpec spec) {
    Run run = new Run(kernel, spec, 1);

    assertThat(run.states[0].h()).containsOnly(0f);
    assertThat(run.states[1].h()[0]).isNotCloseTo(0f, within(1e-12f));
  }
}
