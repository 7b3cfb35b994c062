package io.millrace.model.kernel.simd;

import io.millrace.model.ForecastHead;
import io.millrace.model.learn.ForecastLoss;
import io.millrace.model.learn.PackedBatch;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ForecastLoss}, a vector of features at a time. */
final class SimdForecastLoss {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  static final float LOG2_E = 1.44269504f;
  /** ln 2 in two parts, the first with so few digits that its products with small integers are exact. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;
  /** Added to a small number, it leaves the nearest integer in the last bits. */
  static final float ROUNDER = 0x1.8p23f;

  private SimdForecastLoss() {}

  /**
   * One time step of all windows that have it, for the block of features from {@code f} on. Long enough (over 325 bytes) for C2 to
   * compile it by itself.
   *
   * @param padded [2,S] from {@code 2 f}: scratch for x and target; the lanes without a feature are 0 and stay so. A masked load would
   *     allocate at the end of a window, on JDK 17
   * @param y [rows,2,2,S] from {@code yAt}, the block's two vectors: mean without skip, log variance; written: the derivatives of the
   *     loss by them, over F
   * @param sums [3,S] from {@code sumsAt}: skip (read); error^2 precision + logVariance; d skip (both added to)
   */
  static void step(
      PackedBatch batch,
      int t,
      int f,
      int features,
      float[] padded,
      float[] y,
      int yAt,
      float[] sums,
      int sumsAt) {
    float share = 1f / features;
    int present = Math.min(LANES, features - f);
    for (int rank = 0; rank < batch.active(t); rank++) {
      TrainingWindow window = batch.window(rank);
      int meanAt = yAt + rank * SimdProduct.WIDTH;
      if (!window.known(t)) {
        Arrays.fill(y, meanAt, meanAt + 2 * LANES, 0);
        continue;
      }
      System.arraycopy(window.inputs(), t * features + f, padded, 2 * f, present);
      System.arraycopy(window.targets(), t * features + f, padded, 2 * f + LANES, present);
      FloatVector last = FloatVector.fromArray(S, padded, 2 * f);
      FloatVector target = FloatVector.fromArray(S, padded, 2 * f + LANES);
      FloatVector skip = FloatVector.fromArray(S, sums, sumsAt);
      FloatVector mean = skip.fma(last, FloatVector.fromArray(S, y, meanAt));
      FloatVector one = FloatVector.broadcast(S, 1);
      FloatVector bound = FloatVector.broadcast(S, ForecastHead.LOG_VARIANCE_BOUND);
      FloatVector raw = FloatVector.fromArray(S, y, meanAt + LANES);
      FloatVector logVariance = raw.max(bound.neg()).min(bound);

      // precision = exp(-logVariance) = 2^n exp(r): Cody and Waite's reduction, then Taylor's
      // series
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
      p = p.fma(r, one);
      p = p.fma(r, one);
      IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector precision = p.reinterpretAsInts().add(power).reinterpretAsFloats();

      FloatVector error = target.sub(mean);
      // forward: loss = (error^2 precision + logVariance + log 2 pi) / 2
      FloatVector weighted = error.mul(precision);
      FloatVector squared = error.mul(weighted);
      FloatVector loss = FloatVector.fromArray(S, sums, sumsAt + LANES);
      loss.add(squared.add(logVariance)).intoArray(sums, sumsAt + LANES);
      // forward: error = target - mean
      FloatVector dMean = weighted.mul(-share);
      dMean.intoArray(y, meanAt);
      // forward: precision = exp(-logVariance); logVariance = clamp(raw)
      FloatVector dLogVariance = one.sub(squared).mul(0.5f * share);
      dLogVariance
          .blend(FloatVector.broadcast(S, 0), raw.compare(VectorOperators.NE, logVariance))
          .intoArray(y, meanAt + LANES);
      // forward: mean = skip x + y
      FloatVector dSkip = FloatVector.fromArray(S, sums, sumsAt + 2 * LANES);
      dMean.fma(last, dSkip).intoArray(sums, sumsAt + 2 * LANES);
    }
  }
}
