package io.millrace.benchmarks.common;

import java.util.Random;

/** Inputs that every side is given alike: standard normal, the same ones each time. */
public final class Normals {
  private static final long SEED = 17;

  private Normals() {}

  public static float[] of(int length) {
    Random random = new Random(SEED);
    float[] values = new float[length];
    for (int n = 0; n < length; n++) {
      values[n] = (float) random.nextGaussian();
    }
    return values;
  }
}
