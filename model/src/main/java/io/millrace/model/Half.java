package io.millrace.model;

/**
 * IEEE 754 binary16: 11 significant bits, from 2^-24 to 65504. Rounded to nearest, ties to even; what lies beyond the largest is held at
 * it. Without branches, for Java 17 has no instruction for it yet.
 */
public final class Half {
  public static final float MAX = 65504;

  /** The smallest float, as bits, whose half has all its 11 bits; those below share its steps of 2^-24. */
  private static final int SMALLEST_NORMAL = Float.floatToRawIntBits(0x1p-14f);

  private static final int LARGEST = Float.floatToRawIntBits(MAX);
  private static final int EXPONENT = 0x7F800000;

  /** A float has so many bits more than a half, and its exponent a bias that is higher by 112. */
  private static final int SPARE_BITS = 13;

  private static final int SPARE = (1 << SPARE_BITS) - 1;

  private static final float TO_HALF_BIAS = 0x1p-112f;
  private static final float TO_FLOAT_BIAS = 0x1p112f;

  private Half() {}

  /** Adding 2^13 times the value's own power of two pushes the spare bits out, rounded as floats are. */
  public static short ofFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int size = Math.min(bits & Integer.MAX_VALUE, LARGEST);
    int power = Math.max(size & EXPONENT, SMALLEST_NORMAL);
    float pusher = Float.intBitsToFloat(power + (SPARE_BITS << 23));
    float rounded = Float.intBitsToFloat(size) + pusher - pusher;
    int half = Float.floatToRawIntBits(rounded * TO_HALF_BIAS) >>> SPARE_BITS;
    return (short) (bits >>> 16 & 0x8000 | half);
  }

  /** What is not finite comes out as one beyond {@link #MAX}. */
  public static float toFloat(short half) {
    float size = Float.intBitsToFloat((half & 0x7FFF) << SPARE_BITS) * TO_FLOAT_BIAS;
    return Float.intBitsToFloat(Float.floatToRawIntBits(size) | (half & 0x8000) << 16);
  }

  public static boolean isFinite(short half) {
    return (half & 0x7C00) != 0x7C00;
  }

  /** Whether it comes back from its half bit by bit: where that has all its bits, a float whose spare ones are 0. */
  public static boolean isHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int size = bits & Integer.MAX_VALUE;
    return size >= SMALLEST_NORMAL && size <= LARGEST
        ? (bits & SPARE) == 0
        : Float.floatToRawIntBits(rounded(value)) == bits;
  }

  /** The half nearest to the value. */
  public static float rounded(float value) {
    return toFloat(ofFloat(value));
  }
}
