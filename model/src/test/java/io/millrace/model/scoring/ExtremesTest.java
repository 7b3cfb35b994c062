package io.millrace.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExtremesTest {
  private static final long HORIZON = 10;

  private static Extremes after(double... levels) {
    Extremes extremes = Extremes.initial(1);
    for (int n = 0; n < levels.length; n++) {
      extremes = extremes.after(n, new double[] {levels[n]}, HORIZON);
    }
    return extremes;
  }

  private static boolean exceeded(Extremes extremes, double level) {
    return extremes.exceededBy(new double[] {level});
  }

  @Test
  void aKeyWithoutPastHasNoExtremes() {
    assertThat(exceeded(Extremes.initial(1), 5)).isFalse();
  }

  @Test
  void onlyWhatLiesBeyondThePastExceedsIt() {
    Extremes extremes = after(3, 7, 5);

    assertThat(exceeded(extremes, 2.9)).isTrue();
    assertThat(exceeded(extremes, 3)).isFalse();
    assertThat(exceeded(extremes, 7)).isFalse();
    assertThat(exceeded(extremes, 7.1)).isTrue();
  }

  @Test
  void oneFeatureIsEnough() {
    Extremes extremes = Extremes.initial(2).after(0, new double[] {1, 1}, HORIZON);

    assertThat(extremes.exceededBy(new double[] {1, 2})).isTrue();
  }

  @Test
  void anExtremeIsRememberedForOneHorizonAtLeastAndTwoAtMost() {
    double[] levels = new double[21];
    levels[9] = 100;

    assertThat(after(levels).high()[0]).isZero();
    assertThat(after(Arrays.copyOf(levels, 20)).high()[0]).isEqualTo(100);
  }

  @Test
  void whatRoundingHidesIsNoExtreme() {
    assertThat(exceeded(after(1e9), Math.nextUp(1e9))).isFalse();
    assertThat(exceeded(after(Double.MAX_VALUE), 0)).isTrue();
  }
}
