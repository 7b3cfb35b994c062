package io.millrace.serde;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.Extremes;
import io.millrace.model.scoring.FeatureMemory;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LevelMoments;
import io.millrace.model.scoring.SurpriseMoments;
import io.millrace.model.scoring.UsualChange;
import java.nio.ByteBuffer;

/**
 * Reads rows of layout version 1, which nobody writes any more. It shares its first 40 bytes with {@link KeyStateV3}; then follow
 *
 * <pre>
 *   offset          size   field
 *   40              8      surprise: count
 *   48              32     surprise: short-run mean, long-run mean, long-run variance, peak, f64 each
 *   80              8F     features: mean, f64
 *   80 + 8F         8F     features: variance, f64
 *   80 + 16F        4F     last event, normalized, f32
 *   80 + 20F        8LH    h and c after the last event, f32
 * </pre>
 *
 * It knew no change from event to event: until the key has shown some, the spread of its level stands for it, and the last event is fed
 * as one that changed nothing. Nor did it know extremes: four standard deviations around the mean stand for them. Its h and c are one event
 * ahead of today's, so that event is fed a second time.
 */
final class KeyStateV1 {
  static final byte VERSION = 1;
  private static final int DOUBLES = 2;
  private static final int SURPRISE_AT = 48;
  static final int FEATURES_AT = 80;

  private static final double EXTREME_DEVIATIONS = 4;

  private KeyStateV1() {}

  private static int size(ModelSpec spec) {
    return floatsAt(spec) + Float.BYTES * (spec.features() + 2 * spec.stateSize());
  }

  private static int floatsAt(ModelSpec spec) {
    return FEATURES_AT + DOUBLES * Double.BYTES * spec.features();
  }

  /** @throws CorruptStateException naming the first field that cannot be believed */
  static void check(ByteBuffer row, ModelSpec spec) {
    KeyStateRow.expect("length", size(spec), row.capacity());
    KeyStateRow.checkDoubles(row, SURPRISE_AT, floatsAt(spec));
    KeyStateRow.checkFloats(row, floatsAt(spec), row.capacity());
  }

  /** @param in at the first byte after the fingerprint of a row that was checked */
  static KeyState read(ByteBuffer in, ModelSpec spec) {
    long steps = in.getLong();
    long lastTime = in.getLong();
    long lastSeen = in.getLong();
    SurpriseMoments surprise = new SurpriseMoments(
        in.getLong(), in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble(), 0, 0);
    double[] mean = Floats.getDoubles(in, spec.features());
    double[] variance = Floats.getDoubles(in, spec.features());
    float[] normalized = Floats.get(in, spec.features());
    double[] last = new double[spec.features()];
    for (int f = 0; f < last.length; f++) {
      last[f] = mean[f] + normalized[f] * Math.sqrt(variance[f]);
    }
    KeyState fresh = KeyState.fresh(spec);
    return new KeyState(
        steps,
        lastTime,
        lastSeen,
        KeyState.NO_WINDOW,
        new HiddenState(Floats.get(in, spec.stateSize()), Floats.get(in, spec.stateSize())),
        fresh.input(),
        new FeatureMemory(
            last,
            new UsualChange(variance),
            fresh.features().level(),
            new LevelMoments(mean.clone(), mean, variance.clone(), 0, 0),
            extremes(mean, variance)),
        surprise,
        fresh.labels(),
        fresh.kept());
  }

  private static Extremes extremes(double[] mean, double[] variance) {
    float[] low = new float[mean.length];
    float[] high = new float[mean.length];
    for (int f = 0; f < mean.length; f++) {
      double reach = EXTREME_DEVIATIONS * Math.sqrt(variance[f]);
      low[f] = FeatureBytes.held(mean[f] - reach);
      high[f] = FeatureBytes.held(mean[f] + reach);
    }
    return new Extremes(low, high, low.clone(), high.clone());
  }
}
