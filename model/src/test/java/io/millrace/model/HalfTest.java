package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfTest {
  private static final int LARGEST = 0x7BFF;

  /** By the standard's own words: sign, power of two, fraction. */
  private static double byDefinition(int half) {
    int exponent = half >>> 10 & 0x1F;
    int fraction = half & 0x3FF;
    double size =
        exponent == 0 ? fraction * 0x1p-24 : (0x400 + fraction) * Math.scalb(1.0, exponent - 25);
    return half < 0x8000 ? size : -size;
  }

  @Test
  void everyHalfIsTheFloatThatTheStandardSays() {
    for (int half = 0; half <= LARGEST; half++) {
      assertThat((double) Half.toFloat((short) half)).isEqualTo(byDefinition(half));
      assertThat((double) Half.toFloat((short) (half | 0x8000)))
          .isEqualTo(byDefinition(half | 0x8000));
    }
  }

  @Test
  void everyHalfComesBackAsItWent() {
    for (int half = 0; half <= LARGEST; half++) {
      assertThat(Half.ofFloat(Half.toFloat((short) half))).isEqualTo((short) half);
      short negative = (short) (half | 0x8000);
      assertThat(Half.ofFloat(Half.toFloat(negative))).isEqualTo(negative);
    }
  }

  @Test
  void whatLiesBetweenTwoHalvesGoesToTheNearerAndInTheMiddleToTheEvenOne() {
    for (int half = 0; half < LARGEST; half++) {
      float middle = (float) ((byDefinition(half) + byDefinition(half + 1)) / 2);
      int even = half + (half & 1);
      assertThat(Half.ofFloat(middle)).isEqualTo((short) even);
      assertThat(Half.ofFloat(Math.nextDown(middle))).isEqualTo((short) half);
      assertThat(Half.ofFloat(Math.nextUp(middle))).isEqualTo((short) (half + 1));
      assertThat(Half.ofFloat(-middle)).isEqualTo((short) (even | 0x8000));
    }
  }

  @Test
  void aFloatIsAHalfWhereItComesBackBitByBit() {
    for (int half = 0; half <= LARGEST; half++) {
      float value = Half.toFloat((short) half);
      assertThat(Half.isHalf(value)).isTrue();
      assertThat(Half.isHalf(-value)).isTrue();
      assertThat(Half.isHalf(Math.nextUp(value))).isFalse();
      assertThat(Half.isHalf(Math.nextDown(-value))).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"65536", "-Infinity", "NaN", "0x1.8p-24", "-0x1p-25"})
  void whatLiesBeyondTheHalvesOrBetweenTheSmallestIsNone(float value) {
    assertThat(Half.isHalf(value)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"65504, 65504", "65519, 65504", "1e9, 65504", "3.4e38, 65504", "-7e4, -65504"})
  void whatIsTooLargeIsHeldAtTheLargest(float value, float held) {
    assertThat(Half.toFloat(Half.ofFloat(value))).isEqualTo(held);
  }
}
