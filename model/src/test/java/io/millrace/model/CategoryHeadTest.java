package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CategoryHeadTest {
  private static final float[] LOGITS = {0.5f, 2, -1, 2, 0};

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    float[] probabilities = new float[3];
    CategoryHead.probabilities(
        new float[] {(float) Math.log(1), (float) Math.log(2), (float) Math.log(5)}, probabilities);

    assertThat(probabilities)
        .usingComparatorWithPrecision(1e-7f)
        .containsExactly(.125f, .25f, .625f);
  }

  @Test
  void equalLogitsRankByTheirNumbers() {
    assertThat(IntStream.range(0, 5).map(c -> CategoryHead.rank(LOGITS, c)))
        .containsExactly(3, 1, 5, 2, 4);
  }

  @Test
  void whatCameCostsTheLogOfItsProbability() {
    float[] probabilities = new float[5];
    CategoryHead.probabilities(LOGITS, probabilities);

    for (int c = 0; c < 5; c++) {
      assertThat(Math.exp(-CategoryHead.negativeLogLikelihood(LOGITS, c)))
          .isCloseTo(probabilities[c], within(1e-7));
    }
  }

  @Test
  void noLogitIsTooLarge() {
    float[] wild = {3e38f, -3e38f, 1e30f};
    float[] probabilities = new float[3];
    CategoryHead.probabilities(wild, probabilities);

    assertThat(probabilities).containsExactly(1, 0, 0);
    assertThat(CategoryHead.negativeLogLikelihood(wild, 0)).isZero();
    assertThat(CategoryHead.negativeLogLikelihood(wild, 1)).isCloseTo(6e38, within(1e32));
  }
}
