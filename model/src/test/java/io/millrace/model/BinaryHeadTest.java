package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryHeadTest {
  @Test
  void theProbabilityIsTheLogisticFunctionOfTheLogit() {
    assertThat(BinaryHead.probability(Math.log(3))).isCloseTo(0.75, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-20, -1, 0, 0.3, 5, 20})
  void theLabelCostsTheLogOfItsProbability(double logit) {
    double probability = BinaryHead.probability(logit);

    assertThat(BinaryHead.negativeLogLikelihood(logit, 1))
        .isCloseTo(-Math.log(probability), within(1e-7));
    assertThat(BinaryHead.negativeLogLikelihood(logit, 0))
        .isCloseTo(-Math.log(1 - probability), within(1e-7));
  }

  @Test
  void noLogitIsTooLarge() {
    assertThat(BinaryHead.negativeLogLikelihood(-1e9, 1)).isEqualTo(1e9);
    assertThat(BinaryHead.negativeLogLikelihood(1e9, 1)).isZero();
    assertThat(BinaryHead.negativeLogLikelihood(1e9, 0)).isEqualTo(1e9);
  }
}
