package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.Models;
import io.millrace.model.ParameterLayout;
import io.millrace.model.Tensor;
import io.millrace.model.learn.TrainingWindow;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification's gradient is the slope of its loss, in double precision. */
class CentralDifferencesTest {
  private static final double STEP = 1e-3;
  private static final int PROBES = 12;

  /** F, H, L, head, C */
  @ParameterizedTest(name = "F={0} H={1} L={2} {3} C={4}")
  @CsvSource({
    "1, 1, 1, FORECAST, 0",
    "3, 7, 1, FORECAST, 0",
    "7, 8, 2, FORECAST, 0",
    "8, 9, 3, FORECAST, 0",
    "9, 31, 2, FORECAST, 0",
    "31, 33, 1, FORECAST, 0",
    "1, 8, 3, FORECAST, 0",
    "33, 3, 2, FORECAST, 0",
    "16, 33, 3, FORECAST, 0",
    "1, 1, 1, CATEGORY, 2",
    "3, 7, 1, CATEGORY, 3",
    "7, 8, 2, CATEGORY, 9",
    "9, 31, 2, CATEGORY, 65",
    "33, 3, 3, CATEGORY, 257",
    "1, 1, 1, BINARY, 0",
    "3, 7, 1, BINARY, 0",
    "8, 9, 3, BINARY, 0",
    "9, 31, 2, BINARY, 0",
    "1, 1, 1, REGRESSION, 0",
    "3, 7, 1, REGRESSION, 0",
    "8, 9, 3, REGRESSION, 0",
    "9, 31, 2, REGRESSION, 0"
  })
  void everyTensorsGradientIsTheSlopeOfTheLoss(
      int inputs, int hidden, int layers, Head head, int classes) {
    check(Models.numeric(inputs, layers, hidden, head, classes));
  }

  static Stream<ModelSpec> categorical() {
    return Stream.of(new int[] {1, 7}, new int[] {2, 9})
        .flatMap(size -> Models.categorical(size[0], size[1]));
  }

  @ParameterizedTest
  @MethodSource("categorical")
  void soItIsWhereIdsAreAmongTheInputs(ModelSpec spec) {
    check(spec);
  }

  private static void check(ModelSpec spec) {
    ParameterLayout layout = new ParameterLayout(spec);
    ScalarBackpropagation learning = new ScalarBackpropagation(spec);
    List<TrainingWindow> batch = TrainingBatches.windows(spec, 5, 4, 1, 9, 3);
    float[] values = TrainingBatches.values(spec, 11);
    double[] exact = new double[values.length];
    for (int n = 0; n < values.length; n++) {
      exact[n] = values[n];
    }
    double[] gradient = new double[values.length];
    learning.accumulate(exact, batch, gradient);

    for (Tensor tensor : layout.tensors()) {
      Random random = new Random(tensor.offset());
      for (int probe = 0; probe < PROBES; probe++) {
        int at = tensor.offset() + random.nextInt(tensor.size());
        double slope = slope(learning, exact, batch, at);
        assertThat(Math.abs(gradient[at] - slope) / (1e-3 + Math.abs(slope)))
            .as("%s at %d: %s against %s", tensor.name(), at, gradient[at], slope)
            .isLessThan(1e-6);
      }
    }
  }

  /** Over four points: the error is of the order of STEP^4. */
  private static double slope(
      ScalarBackpropagation learning, double[] values, List<TrainingWindow> batch, int at) {
    double near = change(learning, values, batch, at, STEP);
    double far = change(learning, values, batch, at, 2 * STEP);
    return (8 * near - far) / (12 * STEP);
  }

  private static double change(
      ScalarBackpropagation learning,
      double[] values,
      List<TrainingWindow> batch,
      int at,
      double step) {
    double[] ignored = new double[values.length];
    double[] moved = values.clone();
    moved[at] = values[at] + step;
    double above = learning.accumulate(moved, batch, ignored).lossSum();
    moved[at] = values[at] - step;
    return above - learning.accumulate(moved, batch, ignored).lossSum();
  }
}
