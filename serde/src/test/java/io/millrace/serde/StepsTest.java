package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepsTest {
  private static float[] thereAndBack(float[] values, float unit) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    Steps.put(bytes, values, unit);
    float[] back = new float[values.length];
    Steps.get(bytes.flip(), back, unit);
    return back;
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1e-3f, 1, 77, 1e30f})
  void valuesAreOffByHalfAStepAtMostAndThenNoMore(float scale) {
    Random random = new Random(11);
    for (int round = 0; round < 1000; round++) {
      float[] values = new float[33];
      for (int n = 0; n < values.length; n++) {
        values[n] = scale * (float) random.nextGaussian();
      }
      float unit = Steps.unitOf(values);
      float[] stored = thereAndBack(values, unit);

      for (int n = 0; n < values.length; n++) {
        assertThat(stored[n]).isCloseTo(values[n], within(0.501f * unit));
      }
      assertThat(Steps.unitOf(stored)).isEqualTo(unit);
      assertThat(thereAndBack(stored, unit)).containsExactly(stored);
    }
  }

  @Test
  void whatLiesBeyondTheRangeIsHeldAtItsEnds() {
    assertThat(thereAndBack(new float[] {1, -1, 1.5f, -70}, Steps.UNIT))
        .containsExactly(1, -1, 1, -1);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, Float.MIN_VALUE, Float.MIN_NORMAL})
  void whatIsAsGoodAsZeroComesBackAsZero(float value) {
    float[] values = {value, 0, -value};

    assertThat(Steps.unitOf(values)).isZero();
    assertThat(thereAndBack(values, 0)).containsOnly(0);
  }
}
