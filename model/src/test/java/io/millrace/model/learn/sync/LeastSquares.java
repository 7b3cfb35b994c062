package io.millrace.model.learn.sync;

import io.millrace.model.learn.BatchLoss;
import java.util.Arrays;
import java.util.Random;

/** A toy to learn: y = target . x + noise, squared loss. */
final class LeastSquares {
  static final int SIZE = 13;
  private static final int BATCH = 8;
  private static final float NOISE = 0.1f;

  private final float[] target = new float[SIZE];
  private final float[] x = new float[SIZE];

  LeastSquares(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < SIZE; n++) {
      target[n] = (float) random.nextGaussian();
    }
  }

  /** @param gradient [SIZE], overwritten by the sum over a batch of random steps */
  BatchLoss batch(float[] values, Random random, float[] gradient) {
    Arrays.fill(gradient, 0);
    double lossSum = 0;
    for (int b = 0; b < BATCH; b++) {
      float error = NOISE * (float) random.nextGaussian();
      for (int n = 0; n < SIZE; n++) {
        x[n] = (float) random.nextGaussian();
        error += (values[n] - target[n]) * x[n];
      }
      for (int n = 0; n < SIZE; n++) {
        gradient[n] += error * x[n];
      }
      lossSum += 0.5 * error * error;
    }
    return new BatchLoss(BATCH, lossSum);
  }

  /** Mean loss over the noise's own. */
  double excess(float[] values) {
    double sum = 0;
    for (int n = 0; n < SIZE; n++) {
      double off = values[n] - target[n];
      sum += 0.5 * off * off;
    }
    return sum;
  }
}
