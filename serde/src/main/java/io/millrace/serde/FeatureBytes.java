package io.millrace.serde;

import io.millrace.model.scoring.Extremes;
import io.millrace.model.scoring.FeatureMemory;
import io.millrace.model.scoring.LevelMoments;
import io.millrace.model.scoring.UsualChange;
import io.millrace.model.scoring.UsualLevel;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is remembered of a key's features, as float32. The moments are computed in float64, and a float alone would not do: a mean that
 * each event moves by a 2000th stands still once that is less than the mean's own last bit. So only the last event stands as it
 * is; the means stand as how far they lie from it, and the mean squares as their roots, which never leave the range of a float. What a
 * float cannot hold is held at its limits.
 */
final class FeatureBytes {
  private final KeyStateLayout layout;

  FeatureBytes(KeyStateLayout layout) {
    this.layout = layout;
  }

  /** Whether the younger generation of extremes differs from the elder, so has to be stored. */
  static boolean hasYoung(FeatureMemory features) {
    Extremes extremes = features.extremes();
    return !Arrays.equals(extremes.low(), extremes.youngLow())
        || !Arrays.equals(extremes.high(), extremes.youngHigh());
  }

  void put(ByteBuffer out, FeatureMemory features, boolean hasYoung) {
    putRoots(out, features.usual().square());
    float[] last = new float[features.last().length];
    for (int f = 0; f < last.length; f++) {
      last[f] = held(features.last()[f]);
    }
    Floats.put(out, last);
    if (layout.isForecast) {
      putJudged(out, features, last, hasYoung);
    } else {
      putMeans(out, features.level().mean(), last);
      putRoots(out, features.level().variance());
    }
  }

  private static void putJudged(
      ByteBuffer out, FeatureMemory features, float[] last, boolean hasYoung) {
    LevelMoments levels = features.levels();
    float[] aboveLast = putMeans(out, levels.mean(), last);
    putRoots(out, levels.variance());
    float[] aboveMean = new float[last.length];
    for (int f = 0; f < last.length; f++) {
      double mean = (double) last[f] + aboveLast[f];
      aboveMean[f] = held(levels.recent()[f] - mean);
    }
    Floats.put(out, aboveMean);
    Floats.put(out, features.extremes().low());
    Floats.put(out, features.extremes().high());
    if (hasYoung) {
      Floats.put(out, features.extremes().youngLow());
      Floats.put(out, features.extremes().youngHigh());
    }
    out.putFloat(held(levels.peak())).putFloat(held(levels.outdone()));
  }

  /** @return how far each lies above the last event, as stored */
  private static float[] putMeans(ByteBuffer out, double[] means, float[] last) {
    float[] aboveLast = new float[last.length];
    for (int f = 0; f < last.length; f++) {
      aboveLast[f] = held(means[f] - last[f]);
    }
    Floats.put(out, aboveLast);
    return aboveLast;
  }

  private static void putRoots(ByteBuffer out, double[] squares) {
    float[] roots = new float[squares.length];
    for (int f = 0; f < roots.length; f++) {
      roots[f] = held(Math.sqrt(squares[f]));
    }
    Floats.put(out, roots);
  }

  /** The nearest float that is finite. */
  static float held(double value) {
    float nearest = (float) value;
    return Float.isInfinite(nearest) ? Math.copySign(Float.MAX_VALUE, nearest) : nearest;
  }

  FeatureMemory get(ByteBuffer in, boolean hasYoung) {
    UsualChange usual = new UsualChange(squares(in));
    double[] last = new double[layout.features];
    for (int f = 0; f < last.length; f++) {
      last[f] = in.getFloat();
    }
    double[] mean = above(last, in);
    double[] variance = squares(in);
    return layout.isForecast
        ? judged(in, hasYoung, last, usual, mean, variance)
        : new FeatureMemory(
            last,
            usual,
            new UsualLevel(mean, variance),
            LevelMoments.initial(0),
            Extremes.initial(0));
  }

  private FeatureMemory judged(
      ByteBuffer in,
      boolean hasYoung,
      double[] last,
      UsualChange usual,
      double[] mean,
      double[] variance) {
    double[] recent = above(mean, in);
    float[] low = Floats.get(in, layout.features);
    float[] high = Floats.get(in, layout.features);
    float[] youngLow = hasYoung ? Floats.get(in, layout.features) : low.clone();
    float[] youngHigh = hasYoung ? Floats.get(in, layout.features) : high.clone();
    return new FeatureMemory(
        last,
        usual,
        UsualLevel.initial(0),
        new LevelMoments(recent, mean, variance, in.getFloat(), in.getFloat()),
        new Extremes(low, high, youngLow, youngHigh));
  }

  private static double[] above(double[] anchors, ByteBuffer in) {
    double[] values = new double[anchors.length];
    float[] above = Floats.get(in, anchors.length);
    for (int f = 0; f < values.length; f++) {
      values[f] = anchors[f] + above[f];
    }
    return values;
  }

  private double[] squares(ByteBuffer in) {
    float[] roots = Floats.get(in, layout.features);
    double[] squares = new double[roots.length];
    for (int f = 0; f < squares.length; f++) {
      squares[f] = (double) roots[f] * roots[f];
    }
    return squares;
  }
}
