package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Models;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Tensor;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel learns what the specification learns, on sizes and lengths chosen to break unrolling and packing. */
class BackpropagationContractTest {
  private static final int[] RAGGED = {4, 1, 9, 3, 9, 30, 2, 1, 17};
  private static final int[] EVEN = {8, 8, 8, 8, 8, 8, 8, 8};

  private static final List<ModelSpec> NUMERIC = List.of(
      forecast(1, 1, 1),
      forecast(3, 1, 7),
      forecast(7, 2, 8),
      forecast(8, 3, 9),
      forecast(9, 2, 31),
      forecast(31, 1, 33),
      forecast(16, 1, 64),
      forecast(17, 2, 65),
      forecast(33, 1, 127),
      forecast(127, 2, 3),
      forecast(1, 3, 129),
      category(1, 1, 1, 2),
      category(3, 1, 7, 3),
      category(8, 3, 9, 31),
      category(16, 1, 64, 64),
      category(9, 2, 31, 65),
      category(66, 1, 33, 129),
      category(5, 1, 127, 1000),
      model(1, 1, 1, Head.BINARY, 0),
      model(8, 3, 9, Head.BINARY, 0),
      model(17, 2, 65, Head.BINARY, 0),
      model(1, 1, 1, Head.REGRESSION, 0),
      model(8, 3, 9, Head.REGRESSION, 0),
      model(17, 2, 65, Head.REGRESSION, 0));

  private static final List<ModelSpec> SPECS = Stream.of(
          NUMERIC.stream(),
          Models.categorical(1, 7),
          Models.categorical(2, 33),
          Models.categorical(1, 64))
      .flatMap(specs -> specs)
      .toList();

  private static final List<ModelSpec> ONE_OF_EACH_HEAD = Stream.concat(
          Stream.of(
              forecast(5, 2, 19),
              category(5, 2, 19, 70),
              model(5, 2, 19, Head.BINARY, 0),
              model(5, 2, 19, Head.REGRESSION, 0)),
          Models.categorical(2, 19))
      .toList();

  private static ModelSpec forecast(int inputs, int layers, int hidden) {
    return model(inputs, layers, hidden, Head.FORECAST, 0);
  }

  private static ModelSpec category(int inputs, int layers, int hidden, int classes) {
    return model(inputs, layers, hidden, Head.CATEGORY, classes);
  }

  private static ModelSpec model(int inputs, int layers, int hidden, Head head, int classes) {
    return Models.numeric(inputs, layers, hidden, head, classes);
  }

  static Stream<Arguments> fastKernelsModelsAndLengths() {
    return Stream.of("simd", "nd4j")
        .flatMap(kernel -> SPECS.stream()
            .flatMap(spec -> Stream.of(RAGGED, EVEN, new int[] {1}, new int[] {70})
                .map(lengths -> Arguments.of(kernel, spec, lengths))));
  }

  static Stream<Arguments> kernelsAndHeads() {
    return Stream.of("scalar", "simd", "nd4j")
        .flatMap(kernel -> ONE_OF_EACH_HEAD.stream().map(spec -> Arguments.of(kernel, spec)));
  }

  private static final class Run {
    private final ParameterLayout layout;
    private final float[] gradient;
    private final BatchLoss loss;

    Run(String kernel, ModelSpec spec, List<TrainingWindow> batch) {
      layout = new ParameterLayout(spec);
      gradient = new float[layout.size()];
      loss = kernel(kernel, spec).accumulate(TrainingBatches.values(spec, 3), batch, gradient);
    }

    float[] of(Tensor tensor) {
      return Arrays.copyOfRange(gradient, tensor.offset(), tensor.end());
    }
  }

  private static Backpropagation kernel(String name, ModelSpec spec) {
    return Kernels.choose(name).kernel().backpropagation(spec);
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @MethodSource("fastKernelsModelsAndLengths")
  void everyKernelMatchesTheScalarOne(String kernel, ModelSpec spec, int[] lengths) {
    List<TrainingWindow> batch = TrainingBatches.windows(spec, 7, lengths);
    Run expected = new Run("scalar", spec, batch);
    Run actual = new Run(kernel, spec, batch);

    int longest = Arrays.stream(lengths).max().orElseThrow();
    double tolerance = 2e-7 * (8 + longest + Math.sqrt(spec.inputs() + spec.hidden()));
    // where the steps' parts cancel, their rounding stays
    double least = 1e-3 * (1 + expected.loss.steps());
    assertThat(actual.loss.steps()).isEqualTo(expected.loss.steps());
    assertThat(actual.loss.lossSum())
        .isCloseTo(expected.loss.lossSum(), within(tolerance * (1 + expected.loss.lossSum())));
    for (Tensor tensor : expected.layout.tensors()) {
      float[] wanted = expected.of(tensor);
      float[] difference = actual.of(tensor);
      for (int n = 0; n < difference.length; n++) {
        difference[n] -= wanted[n];
      }
      assertThat(norm(difference))
          .as("%s, norm %s", tensor.name(), norm(wanted))
          .isLessThanOrEqualTo(tolerance * (least + norm(wanted)));
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndHeads")
  void aBatchTeachesWhatItsWindowsTeachOneByOne(String kernel, ModelSpec spec) {
    List<TrainingWindow> batch = TrainingBatches.windows(spec, 7, RAGGED);
    Run together = new Run(kernel, spec, batch);

    float[] values = TrainingBatches.values(spec, 3);
    float[] sum = new float[values.length];
    Backpropagation learning = kernel(kernel, spec);
    double lossSum = 0;
    for (TrainingWindow window : batch) {
      lossSum += learning.accumulate(values, List.of(window), sum).lossSum();
    }

    assertThat(together.loss.lossSum()).isCloseTo(lossSum, within(1e-5 * lossSum));
    assertThat(together.gradient).usingComparatorWithPrecision(1e-4f).containsExactly(sum);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndHeads")
  void whatALargerBatchLeftInTheScratchTeachesNothing(String kernel, ModelSpec spec) {
    List<TrainingWindow> batch = TrainingBatches.windows(spec, 7, 3, 5, 1);
    Run fresh = new Run(kernel, spec, batch);

    float[] values = TrainingBatches.values(spec, 3);
    float[] gradient = new float[values.length];
    Backpropagation used = kernel(kernel, spec);
    used.accumulate(values, TrainingBatches.windows(spec, 8, RAGGED), gradient);
    Arrays.fill(gradient, 0);
    BatchLoss loss = used.accumulate(values, batch, gradient);

    assertThat(loss).isEqualTo(fresh.loss);
    assertThat(gradient).isEqualTo(fresh.gradient);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndHeads")
  void theGradientIsAddedTo(String kernel, ModelSpec spec) {
    List<TrainingWindow> batch = TrainingBatches.windows(spec, 7, RAGGED);
    Run once = new Run(kernel, spec, batch);

    float[] gradient = new float[once.gradient.length];
    Arrays.fill(gradient, 1000);
    kernel(kernel, spec).accumulate(TrainingBatches.values(spec, 3), batch, gradient);

    for (int n = 0; n < gradient.length; n++) {
      assertThat(gradient[n] - 1000).isCloseTo(once.gradient[n], within(1e-3f));
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndHeads")
  void aWindowWithoutAKnownTargetTeachesNothing(String kernel, ModelSpec spec) {
    float[] unknown = new float[4 * spec.targets()];
    Arrays.fill(unknown, Float.NaN);
    float[] rows = TrainingBatches.rows(new Random(7), spec, 4, 1);
    TrainingWindow window =
        new TrainingWindow(HiddenState.initial(spec), rows, unknown, new byte[4]);
    Run run = new Run(kernel, spec, List.of(window));

    assertThat(run.loss).isEqualTo(new BatchLoss(0, 0));
    assertThat(run.gradient).containsOnly(0f);
  }

  static Stream<Arguments> kernelsAndModelsWithIds() {
    return Stream.of("scalar", "simd", "nd4j")
        .flatMap(kernel -> Models.categorical(1, 9).map(spec -> Arguments.of(kernel, spec)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndModelsWithIds")
  void whereNoIdIsKnownNoIdIsTaught(String kernel, ModelSpec spec) {
    float[] rows = spec.emptyRow();
    byte[] mask = {1};
    TrainingWindow window =
        new TrainingWindow(HiddenState.initial(spec), rows, new float[spec.targets()], mask);
    Run run = new Run(kernel, spec, List.of(window));

    for (Tensor tensor : run.layout.tensors()) {
      if (tensor.name().startsWith("embedding") || tensor.name().equals("weight_ih_l0")) {
        assertThat(run.of(tensor)).as(tensor.name()).containsOnly(0f);
      }
    }
    assertThat(norm(run.of(run.layout.biasIh(0)))).isPositive();
  }

  @ParameterizedTest
  @MethodSource("kernelsAndHeads")
  void anEmptyBatchTeachesNothing(String kernel, ModelSpec spec) {
    Run run = new Run(kernel, spec, List.of());

    assertThat(run.loss).isEqualTo(new BatchLoss(0, 0));
    assertThat(run.gradient).containsOnly(0f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "nd4j"})
  void aLogVarianceBeyondItsBoundHasNoGradient(String kernel) {
    ModelSpec spec = forecast(3, 1, 8);
    Tensor bias = new ParameterLayout(spec).headBias();
    float[] values = TrainingBatches.values(spec, 3);
    values[bias.offset() + 3] = 20;
    values[bias.offset() + 4] = -20;
    float[] gradient = new float[values.length];
    kernel(kernel, spec).accumulate(values, TrainingBatches.windows(spec, 7, RAGGED), gradient);

    assertThat(gradient[bias.offset() + 3]).isZero();
    assertThat(gradient[bias.offset() + 4]).isZero();
    assertThat(gradient[bias.offset() + 5]).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "nd4j"})
  void aWindowOfAnotherModelIsRefusedAndTheGradientLeftAsItWas(String kernel) {
    ModelSpec spec = forecast(3, 1, 8);
    List<TrainingWindow> batch = List.of(
        TrainingBatches.windows(spec, 7, 2).get(0),
        TrainingBatches.windows(forecast(4, 1, 8), 7, 2).get(0));
    float[] values = TrainingBatches.values(spec, 3);
    float[] gradient = new float[values.length];
    Backpropagation learning = kernel(kernel, spec);

    assertThatThrownBy(() -> learning.accumulate(values, batch, gradient))
        .hasMessage("training window rejected: field=row, expected=3, actual=4.");
    assertThat(gradient).containsOnly(0f);
  }
}
