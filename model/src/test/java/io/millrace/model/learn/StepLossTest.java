package io.millrace.model.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.BinaryHead;
import io.millrace.model.CategoryHead;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StepLossTest {
  private static final double STEP = 1e-6;

  private static StepLoss loss(Head head) {
    return StepLoss.of(new ModelSpec(Cell.LSTM, 1, 1, 1, head, head == Head.CATEGORY ? 4 : 0));
  }

  static Stream<Arguments> outputsAndTargets() {
    return Stream.of(
        Arguments.of(Head.CATEGORY, new double[] {0.1, -3, 8, 0}, 2),
        Arguments.of(Head.CATEGORY, new double[] {0.1, -3, 8, 0}, 1),
        Arguments.of(Head.BINARY, new double[] {-3.5}, 0),
        Arguments.of(Head.BINARY, new double[] {-3.5}, 1),
        Arguments.of(Head.BINARY, new double[] {0}, 1),
        Arguments.of(Head.REGRESSION, new double[] {1.5}, -2));
  }

  @ParameterizedTest
  @MethodSource("outputsAndTargets")
  void theGradientIsTheSlopeOfTheLoss(Head head, double[] y, float target) {
    double[] gradient = y.clone();
    loss(head).derive(gradient, target);

    for (int n = 0; n < y.length; n++) {
      double slope =
          (moved(head, y, n, STEP, target) - moved(head, y, n, -STEP, target)) / (2 * STEP);
      assertThat(gradient[n]).isCloseTo(slope, within(1e-8));
    }
  }

  private static double moved(Head head, double[] y, int at, double by, float target) {
    double[] moved = y.clone();
    moved[at] += by;
    return loss(head).derive(moved, target);
  }

  @Test
  void theLossesAreTheOnesThatTheHeadsJudgeBy() {
    assertThat(loss(Head.CATEGORY).derive(new double[] {1, -2, 0.5, 3}, 2))
        .isCloseTo(
            CategoryHead.negativeLogLikelihood(new float[] {1, -2, 0.5f, 3}, 2), within(1e-12));
    assertThat(loss(Head.BINARY).derive(new double[] {-0.25}, 1))
        .isEqualTo(BinaryHead.negativeLogLikelihood(-0.25, 1));
  }

  @Test
  void theSquaredErrorIsHalved() {
    assertThat(loss(Head.REGRESSION).derive(new double[] {1.5}, -0.5f)).isEqualTo(2);
  }

  @Test
  void noLogitIsTooLarge() {
    double[] y = {1e300, -1e300, 0, 5};

    assertThat(loss(Head.CATEGORY).derive(y, 1)).isEqualTo(2e300);
    assertThat(y).containsExactly(1, -1, 0, 0);
  }

  @Test
  void theForecastHasItsOwn() {
    assertThatThrownBy(() -> loss(Head.FORECAST))
        .hasMessage("loss rejected: signature=lstm-1x1-f1-forecast. Its target has many values.");
  }
}
