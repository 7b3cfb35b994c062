package io.millrace.model.learn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.learn.optimizer.GradientGuard.Admission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientGuardTest {
  private final GradientGuard guard = new GradientGuard(1);

  @Test
  void aShortGradientPassesAsTheMean() {
    float[] gradient = {1, -2, 2};

    assertThat(guard.admit(gradient, 4)).isEqualTo(Admission.WHOLE);
    assertThat(gradient).containsExactly(0.25f, -0.5f, 0.5f);
  }

  @Test
  void aLongGradientKeepsItsDirectionAndGetsTheLongestLength() {
    float[] gradient = {60, -80};

    assertThat(guard.admit(gradient, 10)).isEqualTo(Admission.CLIPPED);
    assertThat(gradient[0]).isCloseTo(0.6f, within(1e-7f));
    assertThat(gradient[1]).isCloseTo(-0.8f, within(1e-7f));
  }

  @Test
  void theLargestFiniteGradientIsClippedNotDropped() {
    float[] gradient = {Float.MAX_VALUE, Float.MAX_VALUE, 0, 0, 0};

    assertThat(guard.admit(gradient, 1)).isEqualTo(Admission.CLIPPED);
    assertThat(Norm.of(gradient)).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aGradientThatIsNotFiniteIsDroppedWhereverTheFaultStands(float fault) {
    for (int at = 0; at < 9; at++) {
      float[] gradient = new float[9];
      gradient[at] = fault;
      float[] before = gradient.clone();

      assertThat(guard.admit(gradient, 3)).isEqualTo(Admission.DROPPED);
      assertThat(gradient).isEqualTo(before);
    }
  }
}
