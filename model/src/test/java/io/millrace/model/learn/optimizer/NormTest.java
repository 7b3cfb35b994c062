package io.millrace.model.learn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 511, 512, 513, 8191, 8192, 8193, 100_003})
  void everyValueCountsWhateverTheLength(int length) {
    float[] values = random(length);
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }

    double norm = Math.sqrt(squares);
    assertThat(Norm.of(values)).isCloseTo(norm, within(1e-12 * norm));
    assertThat(Norm.estimate(values)).isCloseTo(norm, within(1e-5 * norm));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e19f, 3e38f, Float.MAX_VALUE})
  void anEstimateHoldsWhereSquaresAreBeyondFloats(float large) {
    float[] values = random(20_000);
    values[9_000] = large;
    values[9_001] = -large;

    assertThat(Norm.estimate(values) / large).isCloseTo(Math.sqrt(2), within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneValueThatIsNotFiniteMakesTheEstimateSo(float fault) {
    for (int at : new int[] {0, 511, 512, 8_191, 8_192, 9_999}) {
      float[] values = random(10_000);
      values[at] = fault;

      assertThat(Norm.estimate(values)).as("fault at %d", at).isNotFinite();
    }
  }

  private static float[] random(int length) {
    Random random = new Random(7);
    float[] values = new float[length];
    for (int n = 0; n < length; n++) {
      values[n] = (float) random.nextGaussian();
    }
    return values;
  }
}
