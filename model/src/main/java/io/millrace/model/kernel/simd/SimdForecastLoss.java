package io.millrace.model.kernel.simd;

import io.millrace.model.ForecastHead;
import io.millrace.model.learn.ForecastLoss;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ForecastLoss}, a vector of features at a time. */
final class SimdForecastLoss {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final float LOG2_E = 1.44269504f;
  /** ln 2 in two parts, the first with so few digits that its products with small integers are exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;
  /** Added to a small number, it leaves the nearest integer in the last bits. */
  private static final float ROUNDER = 0x1.8p23f;

  private SimdForecastLoss() {}

  /**
   * One step's block of features. Long enough (over 325 bytes) for C2 to compile it by itself.
   *
   * @param f the first of the block
   * @param features F
   * @param x [F] inputs of the step from {@code xAt}
   * @param target [F] from {@code xAt}
   * @param y [2,S] from {@code yAt}: mean without skip, log variance; written: the derivatives by them, times share
   * @param sums [3,S] from {@code sumsAt}: skip (read); error^2 precision + logVariance; d skip (both added to)
   */
  static void step(
      int f,
      int features,
      float[] x,
      float[] target,
      int xAt,
      float[] y,
      int yAt,
      float[] sums,
      int sumsAt) {
    VectorMask<Float> present = S.indexInRange(f, features);
    float share = 1f / features;
    FloatVector last = FloatVector.fromArray(S, x, xAt, present);
    FloatVector mean =
        FloatVector.fromArray(S, sums, sumsAt).fma(last, FloatVector.fromArray(S, y, yAt));
    FloatVector raw = FloatVector.fromArray(S, y, yAt + LANES);
    FloatVector logVariance =
        raw.max(-ForecastHead.LOG_VARIANCE_BOUND).min(ForecastHead.LOG_VARIANCE_BOUND);

    // precision = exp(-logVariance) = 2^n exp(r): Cody and Waite's reduction, then Taylor's series
    FloatVector rounded =
        logVariance.fma(FloatVector.broadcast(S, -LOG2_E), FloatVector.broadcast(S, ROUNDER));
    FloatVector n = rounded.sub(FloatVector.broadcast(S, ROUNDER));
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), logVariance.neg());
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector p = FloatVector.broadcast(S, 1f / 720);
    p = p.fma(r, FloatVector.broadcast(S, 1f / 120));
    p = p.fma(r, FloatVector.broadcast(S, 1f / 24));
    p = p.fma(r, FloatVector.broadcast(S, 1f / 6));
    p = p.fma(r, FloatVector.broadcast(S, 0.5f));
    p = p.fma(r, FloatVector.broadcast(S, 1));
    p = p.fma(r, FloatVector.broadcast(S, 1));
    IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector precision = p.reinterpretAsInts().add(power).reinterpretAsFloats();

    FloatVector error = FloatVector.fromArray(S, target, xAt, present).sub(mean);
    // forward: loss = (error^2 precision + logVariance + log 2 pi) / 2
    FloatVector weighted = error.mul(precision);
    FloatVector squared = error.mul(weighted);
    FloatVector.fromArray(S, sums, sumsAt + LANES)
        .add(squared.add(logVariance))
        .intoArray(sums, sumsAt + LANES);
    // forward: error = target - mean
    FloatVector dMean = weighted.mul(-share);
    dMean.intoArray(y, yAt);
    // forward: precision = exp(-logVariance); logVariance = clamp(raw)
    FloatVector dLogVariance = FloatVector.broadcast(S, 1).sub(squared).mul(0.5f * share);
    dLogVariance.blend(0, raw.compare(VectorOperators.NE, logVariance)).intoArray(y, yAt + LANES);
    // forward: mean = skip x + y
    dMean
        .fma(last, FloatVector.fromArray(S, sums, sumsAt + 2 * LANES))
        .intoArray(sums, sumsAt + 2 * LANES);
  }
}
