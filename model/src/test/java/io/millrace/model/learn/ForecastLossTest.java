package io.millrace.model.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.ForecastHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastLossTest {
  private static final double STEP = 1e-6;

  @ParameterizedTest
  @ValueSource(doubles = {-9.9, -3, -0.1, 0, 0.7, 4, 9.9})
  void theGradientIsTheSlopeOfTheLoss(double raw) {
    ForecastLoss loss = ForecastLoss.of(0.3, -0.4, raw);
    double byMean = ForecastLoss.of(0.3, -0.4 + STEP, raw).loss()
        - ForecastLoss.of(0.3, -0.4 - STEP, raw).loss();
    double byRaw = ForecastLoss.of(0.3, -0.4, raw + STEP).loss()
        - ForecastLoss.of(0.3, -0.4, raw - STEP).loss();

    assertThat(loss.dMean()).isCloseTo(byMean / (2 * STEP), within(1e-6 * (1 + Math.exp(-raw))));
    assertThat(loss.dLogVariance())
        .isCloseTo(byRaw / (2 * STEP), within(1e-6 * (1 + Math.exp(-raw))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-10.1, 10.1, -1e30, 1e30})
  void aLogVarianceBeyondTheBoundIsTakenForItAndHasNoGradient(double raw) {
    ForecastLoss beyond = ForecastLoss.of(0.3, -0.4, raw);
    ForecastLoss bound = ForecastLoss.of(0.3, -0.4, Math.copySign(10, raw));

    assertThat(beyond.loss()).isEqualTo(bound.loss());
    assertThat(beyond.dMean()).isEqualTo(bound.dMean());
    assertThat(beyond.dLogVariance()).isZero();
  }

  @Test
  void theLossIsTheOneTheScoreIsMadeOf() {
    double standardized = ForecastHead.standardized(0.3, -0.4f, 1.5f);

    assertThat(ForecastLoss.of(0.3, -0.4f, 1.5).loss())
        .isCloseTo(ForecastHead.negativeLogLikelihood(standardized, 1.5f), within(1e-12));
  }
}
