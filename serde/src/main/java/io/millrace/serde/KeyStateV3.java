package io.millrace.serde;

import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.Extremes;
import io.millrace.model.scoring.FeatureMemory;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LabelMemory;
import io.millrace.model.scoring.LevelMoments;
import io.millrace.model.scoring.Spread;
import io.millrace.model.scoring.SurpriseMoments;
import io.millrace.model.scoring.UsualChange;
import io.millrace.model.scoring.UsualLevel;
import java.nio.ByteBuffer;

/**
 * Reads rows of layout versions 2 and 3, which nobody writes any more. Little-endian. A part that the model had no use for has no bytes.
 *
 * <pre>
 *   offset   size    field                                                            part of
 *   0        2       magic, "MK"
 *   2        1       layout version: 2 where nothing but features is fed and a forecast
 *                    comes out, so that such rows are what they always were; else 3
 *   3        1       encoding of h and c: 0 = f32
 *   4        4       CRC-32C of all other bytes of the row
 *   8        8       fingerprint of the model's signature
 *   16       8       steps
 *   24       8       time of the last event, ms since 1970
 *   32       8       record time of the last event, ms since 1970
 *   40       8       first step of the open window, -1 when none is open, -2 when the
 *                    sequence has ended
 *   48       8       surprise: count
 *   56       48      surprise: short-run mean, long-run mean, long-run variance, peak,
 *                    outdone, told, f64 each
 *   104      16      level: peak, outdone, f64 each; zeros in version 3 but for a forecast
 *   120      16      label fed back: step, -1 for none; its time, ms since 1970          feedback
 *   then     8       labels: count                                                       regression
 *   then     8D      features: mean square of the change, f64
 *   then     8D      last event, raw, f64
 *   then     24D     level: short-run mean, long-run mean, long-run variance, f64 each   forecast
 *   then     16D     level: mean, variance, f64 each                                     other heads
 *   then     8       label fed back: value, raw, f64                                     feedback
 *   then     16      labels: mean, variance, f64 each                                    regression
 *   then     4R      last event as the network will be fed it: its row, f32              lazy heads
 *   then     16D     extremes: low, high, young low, young high, f32 each                forecast
 *   then     4LH     h, f32
 *   then     4LH     c, f32
 *   then     4K      categories of the event whose label is fed back, -1 for none, f32   feedback, binary
 * </pre>
 *
 * D features, R columns of a row, K categories. D=R=16, H=64, one layer, forecast: 1592 bytes.
 */
final class KeyStateV3 {
  static final byte PLAIN_VERSION = 2;
  static final byte VERSION = 3;

  private static final int SURPRISE_AT = 56;
  private static final int LONGS_AT = 120;

  /** The version that rows of the model were written in. */
  final byte version;

  private final ModelSpec spec;
  private final KeyStateLayout parts;
  private final int doublesAt;
  private final int floatsAt;
  private final int size;

  KeyStateV3(ModelSpec spec, KeyStateLayout parts) {
    this.spec = spec;
    this.parts = parts;
    version = isPlain(spec) ? PLAIN_VERSION : VERSION;
    doublesAt =
        LONGS_AT + Long.BYTES * ((parts.hasFeedback ? 2 : 0) + (parts.hasLabelSpread ? 1 : 0));
    int doubles = (parts.isForecast ? 5 : 4) * spec.features()
        + (parts.hasFeedback ? 1 : 0)
        + (parts.hasLabelSpread ? 2 : 0);
    floatsAt = doublesAt + Double.BYTES * doubles;
    int floats = (parts.isLazy ? spec.rowWidth() : 0)
        + (parts.isForecast ? 4 * spec.features() : 0)
        + 2 * spec.stateSize()
        + parts.crossed;
    size = floatsAt + Float.BYTES * floats;
  }

  /** Whether rows of versions 1 and 2 may be there. */
  static boolean isPlain(ModelSpec spec) {
    return spec.head() == Head.FORECAST && spec.inputs() == spec.features();
  }

  /** @throws CorruptStateException naming the first field that cannot be believed */
  void check(ByteBuffer row) {
    KeyStateRow.expect("length", size, row.capacity());
    KeyStateRow.checkDoubles(row, SURPRISE_AT, LONGS_AT);
    KeyStateRow.checkDoubles(row, doublesAt, floatsAt);
    KeyStateRow.checkFloats(row, floatsAt, row.capacity());
  }

  /** @param in at the first byte after the fingerprint of a row that was checked */
  KeyState read(ByteBuffer in) {
    long steps = in.getLong();
    long lastTime = in.getLong();
    long lastSeen = in.getLong();
    long windowStart = in.getLong();
    SurpriseMoments surprise = new SurpriseMoments(
        in.getLong(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble());
    double levelPeak = in.getDouble();
    double levelOutdone = in.getDouble();
    long labelStep = parts.hasFeedback ? in.getLong() : LabelMemory.NO_STEP;
    long labelTime = parts.hasFeedback ? in.getLong() : 0;
    long labelCount = parts.hasLabelSpread ? in.getLong() : 0;
    int judged = parts.isForecast ? spec.features() : 0;
    int shown = spec.features() - judged;
    UsualChange usual = new UsualChange(Floats.getDoubles(in, spec.features()));
    double[] last = Floats.getDoubles(in, spec.features());
    LevelMoments levels = new LevelMoments(
        Floats.getDoubles(in, judged),
        Floats.getDoubles(in, judged),
        Floats.getDoubles(in, judged),
        levelPeak,
        levelOutdone);
    UsualLevel level = new UsualLevel(Floats.getDoubles(in, shown), Floats.getDoubles(in, shown));
    double labelValue = parts.hasFeedback ? in.getDouble() : 0;
    Spread labelSpread =
        parts.hasLabelSpread ? new Spread(in.getDouble(), in.getDouble()) : Spread.NONE;
    float[] input = Floats.get(in, parts.isLazy ? spec.rowWidth() : 0);
    Extremes extremes = new Extremes(
        Floats.get(in, judged),
        Floats.get(in, judged),
        Floats.get(in, judged),
        Floats.get(in, judged));
    HiddenState hidden =
        new HiddenState(Floats.get(in, spec.stateSize()), Floats.get(in, spec.stateSize()));
    float[] crossed = Floats.get(in, parts.crossed);
    return new KeyState(
        steps,
        lastTime,
        lastSeen,
        windowStart,
        hidden,
        input,
        new FeatureMemory(last, usual, level, levels, extremes),
        surprise,
        new LabelMemory(labelStep, labelTime, labelValue, crossed, labelCount, labelSpread),
        KeyState.NOTHING_KEPT);
  }
}
