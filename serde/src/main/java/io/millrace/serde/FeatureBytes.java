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
    for (double last : features.last()) {
      out.putFloat(held(last));
    }
    if (layout.isForecast) {
      putJudged(out, features, hasYoung);
    } else {
      putMeans(out, features.level().mean(), features.last());
      putRoots(out, features.level().variance());
    }
  }

  private static void putJudged(ByteBuffer out, FeatureMemory features, boolean hasYoung) {
    LevelMoments levels = features.levels();
    putMeans(out, levels.mean(), features.last());
    putRoots(out, levels.variance());
    for (int f = 0; f < levels.recent().length; f++) {
      double anchor = held(features.last()[f]);
      double mean = anchor + held(levels.mean()[f] - anchor);
      out.putFloat(held(levels.recent()[f] - mean));
    }
    Floats.put(out, features.extremes().low());
    Floats.put(out, features.extremes().high());
    if (hasYoung) {
      Floats.put(out, features.extremes().youngLow());
      Floats.put(out, features.extremes().youngHigh());
    }
    out.putFloat(held(levels.peak())).putFloat(held(levels.outdone()));
  }

  private static void putMeans(ByteBuffer out, double[] means, double[] last) {
    for (int f = 0; f < means.length; f++) {
      out.putFloat(held(means[f] - held(last[f])));
    }
  }

  private static void putRoots(ByteBuffer out, double[] squares) {
    for (double square : squares) {
      out.putFloat(held(Math.sqrt(square)));
    }
  }

  static float held(double value) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
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
    for (int f = 0; f < values.length; f++) {
      values[f] = anchors[f] + in.getFloat();
    }
    return values;
  }

  private double[] squares(ByteBuffer in) {
    double[] squares = new double[layout.features];
    for (int f = 0; f < squares.length; f++) {
      double root = in.getFloat();
      squares[f] = root * root;
    }
    return squares;
  }
}
