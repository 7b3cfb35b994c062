package io.millrace.model.kernel.simd;

import io.millrace.model.ForecastHead;
import io.millrace.model.ModelSpec;
import io.millrace.model.kernel.Scratch;
import io.millrace.model.learn.ForecastLoss;
import io.millrace.model.learn.PackedBatch;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ForecastLoss} over a packed batch, a vector of features at a time.
 *
 * <pre>
 *   step  [windows][blocks][x, target][S]   of one time step; 0 where there is no feature or the target is unknown
 *   known [windows]                         1, or 0 where the target of that step is unknown
 *   sums  [blocks][5][S]                    skip (read); loss, d skip, d mean, d log variance (added to)
 * </pre>
 *
 * A step is copied for all windows before any of it is read as vectors: a vector read from what narrower stores have just written
 * waits until they have reached the cache.
 */
final class SimdForecastLoss {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final int PAIR = 2 * LANES;
  private static final int LOSS = LANES;
  private static final int D_SKIP = 2 * LANES;
  private static final int D_MEAN = 3 * LANES;
  private static final int D_LOG_VARIANCE = 4 * LANES;
  private static final int SUMS = 5 * LANES;
  static final float LOG2_E = 1.44269504f;
  /** ln 2 in two parts, the first with so few digits that its products with small integers are exact. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;
  /** Added to a small number, it leaves the nearest integer in the last bits. */
  static final float ROUNDER = 0x1.8p23f;

  private final int features;
  private final int rowWidth;
  private final int skip;
  private final int blocks;
  private final float[] sums;
  private float[] step = {};
  private float[] known = {};

  /** @param skip where head.skip has its first value */
  SimdForecastLoss(ModelSpec spec, int skip) {
    this.features = spec.features();
    this.rowWidth = spec.rowWidth();
    this.skip = skip;
    this.blocks = (features + LANES - 1) / LANES;
    this.sums = new float[blocks * SUMS];
  }

  /** Takes the skip and clears the sums. */
  void load(float[] values) {
    Arrays.fill(sums, 0);
    for (int f = 0; f < features; f++) {
      sums[sumsAt(f)] = values[skip + f];
    }
  }

  void reserve(PackedBatch batch) {
    step = Scratch.atLeast(step, Math.multiplyExact(batch.windows(), blocks * PAIR));
    known = Scratch.atLeast(known, batch.windows());
  }

  /**
   * @param y [blocks][N][mean without skip, log variance][S]; written: the derivatives of the loss by them, over F
   * @return the sum of the steps' losses
   */
  double of(PackedBatch batch, float[] y) {
    double sum = 0;
    for (int t = 0; t < batch.steps(); t++) {
      copy(batch, t);
      for (int block = 0; block < blocks; block++) {
        int yAt = (block * batch.rows() + batch.start(t)) * PAIR;
        add(
            batch.active(t),
            1f / features,
            step,
            block * PAIR,
            blocks * PAIR,
            known,
            y,
            yAt,
            sums,
            block * SUMS);
      }
      sum += takeLoss();
    }
    return batch.known() * ForecastHead.HALF_LOG_TWO_PI + 0.5 * sum / features;
  }

  private void copy(PackedBatch batch, int t) {
    for (int rank = 0; rank < batch.active(t); rank++) {
      TrainingWindow window = batch.window(rank);
      known[rank] = window.known(t) ? 1 : 0;
      for (int f = 0; f < features; f += LANES) {
        int at = rank * blocks * PAIR + 2 * f;
        int count = Math.min(LANES, features - f);
        System.arraycopy(window.inputs(), t * rowWidth + f, step, at, count);
        if (window.known(t)) {
          System.arraycopy(window.targets(), t * features + f, step, at + LANES, count);
        } else {
          Arrays.fill(step, at + LANES, at + LANES + count, 0);
        }
      }
    }
  }

  /** Lane by lane, in double: the order in which a reduction of a vector adds is not defined. */
  private double takeLoss() {
    double sum = 0;
    for (int f = 0; f < features; f++) {
      sum += sums[sumsAt(f) + LOSS];
      sums[sumsAt(f) + LOSS] = 0;
    }
    return sum;
  }

  /** @param row of head.bias: all means, then all log variances */
  float biasGradient(int row) {
    return sums[sumsAt(row % features) + (row < features ? D_MEAN : D_LOG_VARIANCE)];
  }

  void addSkipGradientTo(float[] target) {
    for (int f = 0; f < features; f++) {
      target[skip + f] += sums[sumsAt(f) + D_SKIP];
    }
  }

  private static int sumsAt(int feature) {
    return feature / LANES * SUMS + feature % LANES;
  }

  /**
   * One block of features of one time step. Long enough (over 325 bytes) for C2 to compile it by itself.
   *
   * @param share 1/F
   * @param step [rows,x and target,S] from {@code stepAt}, rows {@code stepRow} apart
   * @param known [rows]
   * @param y [rows,2,S] from {@code yAt}, as in {@link #of}
   * @param sums [5,S] from {@code sumsAt}
   */
  private static void add(
      int rows,
      float share,
      float[] step,
      int stepAt,
      int stepRow,
      float[] known,
      float[] y,
      int yAt,
      float[] sums,
      int sumsAt) {
    FloatVector one = FloatVector.broadcast(S, 1);
    FloatVector bound = FloatVector.broadcast(S, ForecastHead.LOG_VARIANCE_BOUND);
    FloatVector skip = FloatVector.fromArray(S, sums, sumsAt);
    FloatVector loss = FloatVector.fromArray(S, sums, sumsAt + LOSS);
    FloatVector dSkip = FloatVector.fromArray(S, sums, sumsAt + D_SKIP);
    FloatVector dMeans = FloatVector.fromArray(S, sums, sumsAt + D_MEAN);
    FloatVector dLogVariances = FloatVector.fromArray(S, sums, sumsAt + D_LOG_VARIANCE);
    for (int row = 0; row < rows; row++) {
      int meanAt = yAt + row * PAIR;
      FloatVector last = FloatVector.fromArray(S, step, stepAt + row * stepRow);
      FloatVector target = FloatVector.fromArray(S, step, stepAt + row * stepRow + LANES);
      FloatVector counts = FloatVector.broadcast(S, known[row]);
      FloatVector mean = skip.fma(last, FloatVector.fromArray(S, y, meanAt));
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

      FloatVector error = target.sub(mean).mul(counts);
      // forward: loss = (error^2 precision + logVariance + log 2 pi) / 2
      FloatVector weighted = error.mul(precision);
      FloatVector squared = error.mul(weighted);
      loss = counts.fma(logVariance, loss.add(squared));
      // forward: error = target - mean
      FloatVector dMean = weighted.mul(-share);
      dMean.intoArray(y, meanAt);
      // forward: precision = exp(-logVariance); logVariance = clamp(raw)
      FloatVector dLogVariance = counts.sub(squared).mul(0.5f * share);
      dLogVariance = dLogVariance.blend(
          FloatVector.broadcast(S, 0), raw.compare(VectorOperators.NE, logVariance));
      dLogVariance.intoArray(y, meanAt + LANES);
      // forward: mean = skip x + y; y = h weight^T + bias
      dSkip = dMean.fma(last, dSkip);
      dMeans = dMeans.add(dMean);
      dLogVariances = dLogVariances.add(dLogVariance);
    }
    loss.intoArray(sums, sumsAt + LOSS);
    dSkip.intoArray(sums, sumsAt + D_SKIP);
    dMeans.intoArray(sums, sumsAt + D_MEAN);
    dLogVariances.intoArray(sums, sumsAt + D_LOG_VARIANCE);
  }
}
