package io.millrace.model.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.kernel.Activations;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimdActivationsTest {
  private static final int LENGTH = 5 * SimdAffine.padded(1);
  private static final float BEYOND = Math.nextUp(Activations.BOUND);

  @Test
  void withinTheBoundItIsTheScalarTanhToTheLastBit() {
    requireScalarTanh(values(Activations.BOUND));
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        Activations.BOUND,
        -Activations.BOUND,
        20,
        -1e20f,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        -0f,
        Float.MIN_VALUE
      })
  void oneUncommonValueIsTreatedAsTheScalarTanhTreatsIt(float value) {
    for (int at = 0; at < LENGTH; at++) {
      float[] values = values(3);
      values[at] = value;
      requireScalarTanh(values);
    }
  }

  @Test
  void theFirstFloatBeyondTheBoundIsBounded() {
    float[] values = values(3);
    values[LENGTH - 1] = BEYOND;
    values[0] = -BEYOND;

    requireScalarTanh(values);
  }

  private static float[] values(float largest) {
    Random random = new Random(LENGTH);
    float[] values = new float[LENGTH];
    for (int n = 0; n < LENGTH; n++) {
      values[n] = largest * (2 * random.nextFloat() - 1);
    }
    return values;
  }

  private static void requireScalarTanh(float[] values) {
    float[] actual = values.clone();
    SimdActivations.tanh(actual, 0, LENGTH);
    for (int n = 0; n < LENGTH; n++) {
      assertThat(Float.floatToIntBits(actual[n]))
          .as("tanh(%s)", values[n])
          .isEqualTo(Float.floatToIntBits(Activations.tanh(values[n])));
    }
  }
}
