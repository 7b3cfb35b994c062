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
   * One step's features from {@code f} on.
   *
   * @param present which lanes hold a feature
   * @param share 1/F
   * @param x [F] inputs of the step from {@code xAt}
   * @param target [F] from {@code xAt}
   * @param y [2,S] from {@code yAt}: mean without skip, log variance; written: the derivatives by them, times share
   * @param sums [3,S] from {@code sumsAt}: skip (read); error^2 precision + logVariance; d skip (both added to)
   */
  static void step(
      VectorMask<Float> present,
      float share,
      float[] x,
      float[] target,
      int xAt,
      float[] y,
      int yAt,
      float[] sums,
      int sumsAt) {
    FloatVector last = FloatVector.fromArray(S, x, xAt, present);
    FloatVector mean = load(sums, sumsAt).fma(last, load(y, yAt));
    FloatVector raw = load(y, yAt + LANES);
    FloatVector logVariance =
        raw.max(-ForecastHead.LOG_VARIANCE_BOUND).min(ForecastHead.LOG_VARIANCE_BOUND);
    FloatVector precision = exp(logVariance.neg());
    FloatVector error = FloatVector.fromArray(S, target, xAt, present).sub(mean);

    // forward: loss = (error^2 precision + logVariance + log 2 pi) / 2
    FloatVector weighted = error.mul(precision);
    FloatVector squared = error.mul(weighted);
    load(sums, sumsAt + LANES).add(squared.add(logVariance)).intoArray(sums, sumsAt + LANES);
    // forward: error = target - mean
    FloatVector dMean = weighted.mul(-share);
    dMean.intoArray(y, yAt);
    // forward: precision = exp(-logVariance); logVariance = clamp(raw)
    FloatVector dLogVariance = FloatVector.broadcast(S, 1).sub(squared).mul(0.5f * share);
    dLogVariance.blend(0, raw.compare(VectorOperators.NE, logVariance)).intoArray(y, yAt + LANES);
    // forward: mean = skip x + y
    dMean.fma(last, load(sums, sumsAt + 2 * LANES)).intoArray(sums, sumsAt + 2 * LANES);
  }

  /** Within 2e-7 of itself, for |x| below 87. Cody and Waite's reduction, Taylor's series to the sixth power. */
  static FloatVector exp(FloatVector x) {
    FloatVector rounded = x.fma(all(LOG2_E), all(ROUNDER));
    FloatVector n = rounded.sub(ROUNDER);
    FloatVector r = n.fma(all(-LN2_HIGH), x);
    r = n.fma(all(-LN2_LOW), r);
    FloatVector p = r.fma(all(1f / 720), all(1f / 120));
    p = p.fma(r, all(1f / 24));
    p = p.fma(r, all(1f / 6));
    p = p.fma(r, all(0.5f));
    p = p.fma(r, all(1));
    p = p.fma(r, all(1));
    IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    return p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(S, value);
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(S, array, at);
  }
}
