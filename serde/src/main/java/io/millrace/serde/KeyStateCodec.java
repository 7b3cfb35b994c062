package io.millrace.serde;

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
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** {@link KeyState} to its row and back, for one model. The layout is drawn in {@link KeyStateLayout}. */
public final class KeyStateCodec {
  private final ModelSpec spec;
  private final KeyStateLayout layout;
  private final KeyStateRow row;
  private final KeyStateSense sense;
  private final long fingerprint;

  public KeyStateCodec(ModelSpec spec) {
    this.spec = spec;
    this.layout = new KeyStateLayout(spec);
    this.row = new KeyStateRow(spec, layout);
    this.sense = new KeyStateSense(spec);
    this.fingerprint = spec.fingerprint();
  }

  public byte[] encode(KeyState state) {
    byte[] bytes = new byte[layout.size];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort(KeyStateLayout.MAGIC).put(layout.version).put(KeyStateLayout.ENCODING_F32);
    out.putInt(0);
    out.putLong(fingerprint);
    out.putLong(state.steps()).putLong(state.lastTime()).putLong(state.lastSeen());
    out.putLong(state.windowStart());
    put(out, state.surprise());
    FeatureMemory features = state.features();
    out.putDouble(features.levels().peak()).putDouble(features.levels().outdone());
    putLongs(out, state.labels());
    Floats.put(out, features.usual().square());
    Floats.put(out, features.last());
    Floats.put(out, features.levels().recent());
    Floats.put(out, features.levels().mean());
    Floats.put(out, features.levels().variance());
    Floats.put(out, features.level().mean());
    Floats.put(out, features.level().variance());
    putDoubles(out, state.labels());
    Floats.put(out, state.input());
    Floats.put(out, features.extremes().low());
    Floats.put(out, features.extremes().high());
    Floats.put(out, features.extremes().youngLow());
    Floats.put(out, features.extremes().youngHigh());
    Floats.put(out, state.hidden().h());
    Floats.put(out, state.hidden().c());
    Floats.put(out, state.labels().categories());
    out.putInt(KeyStateLayout.CHECKSUM_AT, checksum(bytes));
    return bytes;
  }

  private static void put(ByteBuffer out, SurpriseMoments surprise) {
    out.putLong(surprise.count());
    out.putDouble(surprise.recent())
        .putDouble(surprise.mean())
        .putDouble(surprise.variance())
        .putDouble(surprise.peak())
        .putDouble(surprise.outdone())
        .putDouble(surprise.told());
  }

  private void putLongs(ByteBuffer out, LabelMemory labels) {
    if (layout.hasFeedback) {
      out.putLong(labels.step()).putLong(labels.time());
    }
    if (layout.hasLabelSpread) {
      out.putLong(labels.count());
    }
  }

  private void putDoubles(ByteBuffer out, LabelMemory labels) {
    if (layout.hasFeedback) {
      out.putDouble(labels.value());
    }
    if (layout.hasLabelSpread) {
      out.putDouble(labels.spread().mean()).putDouble(labels.spread().variance());
    }
  }

  /** @throws CorruptStateException naming the first field that cannot be believed */
  public KeyState decode(byte[] bytes) {
    byte version = row.check(bytes);
    ByteBuffer in =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(KeyStateLayout.STEPS_AT);
    long steps = in.getLong();
    long lastTime = in.getLong();
    long lastSeen = in.getLong();
    return sense.checked(
        version == KeyStateV1.VERSION
            ? KeyStateV1.read(in, spec, steps, lastTime, lastSeen)
            : read(in, steps, lastTime, lastSeen));
  }

  private KeyState read(ByteBuffer in, long steps, long lastTime, long lastSeen) {
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
    long labelStep = layout.hasFeedback ? in.getLong() : LabelMemory.NO_STEP;
    long labelTime = layout.hasFeedback ? in.getLong() : 0;
    long labelCount = layout.hasLabelSpread ? in.getLong() : 0;
    int judged = layout.isForecast ? spec.features() : 0;
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
    double labelValue = layout.hasFeedback ? in.getDouble() : 0;
    Spread labelSpread =
        layout.hasLabelSpread ? new Spread(in.getDouble(), in.getDouble()) : Spread.NONE;
    float[] input = Floats.get(in, layout.isLazy ? spec.rowWidth() : 0);
    Extremes extremes = new Extremes(
        Floats.get(in, judged),
        Floats.get(in, judged),
        Floats.get(in, judged),
        Floats.get(in, judged));
    HiddenState hidden =
        new HiddenState(Floats.get(in, spec.stateSize()), Floats.get(in, spec.stateSize()));
    float[] crossed = Floats.get(in, layout.crossed);
    return new KeyState(
        steps,
        lastTime,
        lastSeen,
        windowStart,
        hidden,
        input,
        new FeatureMemory(last, usual, level, levels, extremes),
        surprise,
        new LabelMemory(labelStep, labelTime, labelValue, crossed, labelCount, labelSpread));
  }

  /** Over all bytes but the checksum's own. */
  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, KeyStateLayout.CHECKSUM_AT);
    crc.update(bytes, KeyStateLayout.BODY_AT, bytes.length - KeyStateLayout.BODY_AT);
    return (int) crc.getValue();
  }
}
