package io.millrace.model.kernel.simd;

import io.millrace.model.CategoryHead;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The cross-entropy of {@link CategoryHead}, a vector of categories at a time. */
final class SimdCategoryLoss {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int WIDTH = SimdProduct.WIDTH;
  /** Logits that far below the largest are taken for it: the smallest exponentials that are still normal numbers. */
  private static final float LEAST = -86;

  private SimdCategoryLoss() {}

  /**
   * One step of one window. Long enough (over 325 bytes) for C2 to compile it by itself.
   *
   * @param y [strips][WIDTH] from {@code at}, the strips {@code apart}: the logits; written: the derivatives of the loss by them, and
   *     something finite behind the last
   * @param lanes [S] scratch, which carries from vector to vector: a vector that a loop carries would be boxed, on JDK 17
   * @return the loss: nats
   */
  static double derive(
      float[] y, int at, int strips, int apart, int classes, int category, float[] lanes) {
    int end = at + strips * apart;
    int cameAt = at + category / WIDTH * apart + category % WIDTH;
    int behind = end - apart + (classes - 1) % WIDTH + 1;
    Arrays.fill(y, behind, end - apart + WIDTH, -Float.MAX_VALUE);
    Arrays.fill(lanes, -Float.MAX_VALUE);
    for (int strip = at; strip < end; strip += apart) {
      for (int n = strip; n < strip + WIDTH; n += LANES) {
        FloatVector most = FloatVector.fromArray(S, lanes, 0);
        most.max(FloatVector.fromArray(S, y, n)).intoArray(lanes, 0);
      }
    }
    float largest = lanes[0];
    for (int lane = 1; lane < LANES; lane++) {
      largest = Math.max(largest, lanes[lane]);
    }
    double came = (double) y[cameAt] - largest;

    Arrays.fill(lanes, 0);
    FloatVector one = FloatVector.broadcast(S, 1);
    FloatVector top = FloatVector.broadcast(S, largest);
    FloatVector least = FloatVector.broadcast(S, LEAST);
    FloatVector rounder = FloatVector.broadcast(S, SimdForecastLoss.ROUNDER);
    for (int strip = at; strip < end; strip += apart) {
      for (int n = strip; n < strip + WIDTH; n += LANES) {
        // exp(x) = 2^m exp(r): Cody and Waite's reduction, then Taylor's series
        FloatVector x = FloatVector.fromArray(S, y, n).sub(top).max(least);
        FloatVector rounded = x.fma(FloatVector.broadcast(S, SimdForecastLoss.LOG2_E), rounder);
        FloatVector m = rounded.sub(rounder);
        FloatVector r = m.fma(FloatVector.broadcast(S, -SimdForecastLoss.LN2_HIGH), x);
        r = m.fma(FloatVector.broadcast(S, -SimdForecastLoss.LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(S, 1f / 720);
        p = p.fma(r, FloatVector.broadcast(S, 1f / 120));
        p = p.fma(r, FloatVector.broadcast(S, 1f / 24));
        p = p.fma(r, FloatVector.broadcast(S, 1f / 6));
        p = p.fma(r, FloatVector.broadcast(S, 0.5f));
        p = p.fma(r, one);
        p = p.fma(r, one);
        IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        FloatVector exponential = p.reinterpretAsInts().add(power).reinterpretAsFloats();
        exponential.intoArray(y, n);
        FloatVector.fromArray(S, lanes, 0).add(exponential).intoArray(lanes, 0);
      }
    }
    double total = 0;
    for (int lane = 0; lane < LANES; lane++) {
      total += lanes[lane];
    }

    // forward: loss = log sum exp(y) - y[category]
    FloatVector scale = FloatVector.broadcast(S, (float) (1 / total));
    for (int strip = at; strip < end; strip += apart) {
      for (int n = strip; n < strip + WIDTH; n += LANES) {
        FloatVector.fromArray(S, y, n).mul(scale).intoArray(y, n);
      }
    }
    y[cameAt] -= 1;
    return Math.log(total) - came;
  }
}
