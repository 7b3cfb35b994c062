package io.millrace.model.kernel;

/** Arrays that grow to the largest size asked for. What they held is lost when they grow. */
public final class Scratch {
  private Scratch() {}

  /** The array itself where it is long enough. */
  public static double[] atLeast(double[] array, int length) {
    return array.length >= length ? array : new double[length];
  }

  /** The array itself where it is long enough. */
  public static int[] atLeast(int[] array, int length) {
    return array.length >= length ? array : new int[length];
  }

  /** The array itself where it is long enough. */
  public static float[] atLeast(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }
}
