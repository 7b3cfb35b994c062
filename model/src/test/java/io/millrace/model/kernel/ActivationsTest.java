package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActivationsTest {
  @Test
  void tanhIsWithinHalfAMillionthEverywhere() {
    double worst = 0;
    for (int n = -1_200_000; n <= 1_200_000; n++) {
      float x = n * 1e-5f;
      worst = Math.max(worst, Math.abs(Activations.tanh(x) - StrictMath.tanh(x)));
    }

    assertThat(worst).isLessThan(5e-7);
  }

  @Test
  void tanhIsWithinHalfAMillionthOfItself() {
    double worst = 0;
    for (int n = 1; n <= 1_200_000; n++) {
      float x = n * 1e-5f;
      double exact = StrictMath.tanh(x);
      worst = Math.max(worst, Math.abs(Activations.tanh(x) - exact) / exact);
    }

    assertThat(worst).isLessThan(5e-7);
  }

  @Test
  void sigmoidIsWithinHalfAMillionthEverywhere() {
    double worst = 0;
    for (int n = -2_400_000; n <= 2_400_000; n++) {
      float x = n * 1e-5f;
      worst = Math.max(worst, Math.abs(Activations.sigmoid(x) - 1 / (1 + StrictMath.exp(-x))));
    }

    assertThat(worst).isLessThan(5e-7);
  }
}
