package io.millrace.serde;

import java.nio.ByteBuffer;

/** Runs of values as whole numbers of steps from -127 to 127, a byte each. */
final class Steps {
  /** The step where the largest is 1. */
  static final float UNIT = 1f / Steps.MOST;

  private static final int MOST = 127;

  /** A step of at most 16 significant bits, times 127, is exact: the same step comes out of what it was used for. */
  private static final int SPARE_BITS = 0xFF;

  /** Adding it to a small number leaves that, rounded to nearest, in the lowest bits. */
  private static final float ROUNDER = 0x1.8p23f;

  private Steps() {}

  /** The smallest step that reaches the largest of the values; 0 where all are as good as 0. */
  static float unitOf(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    float unit = largest / MOST;
    return unit < Float.MIN_NORMAL
        ? 0
        : Float.intBitsToFloat(Float.floatToRawIntBits(unit) + SPARE_BITS & ~SPARE_BITS);
  }

  static void put(ByteBuffer out, float[] values, float unit) {
    float perUnit = unit == 0 ? 0 : 1 / unit;
    byte[] bytes = new byte[values.length];
    for (int n = 0; n < values.length; n++) {
      float steps = Math.max(-MOST, Math.min(MOST, values[n] * perUnit));
      bytes[n] = (byte) Float.floatToRawIntBits(steps + ROUNDER);
    }
    out.put(bytes);
  }

  static void get(ByteBuffer in, float[] values, float unit) {
    byte[] bytes = new byte[values.length];
    in.get(bytes);
    for (int n = 0; n < values.length; n++) {
      values[n] = bytes[n] * unit;
    }
  }
}
