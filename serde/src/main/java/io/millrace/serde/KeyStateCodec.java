package io.millrace.serde;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.Extremes;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LevelMoments;
import io.millrace.model.scoring.SurpriseMoments;
import io.millrace.model.scoring.UsualChange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** {@link KeyState} to its row and back, for one model. The layout is drawn in {@link KeyStateLayout}. */
public final class KeyStateCodec {
  private final ModelSpec spec;
  private final KeyStateRow row;
  private final long fingerprint;

  public KeyStateCodec(ModelSpec spec) {
    this.spec = spec;
    this.row = new KeyStateRow(spec);
    this.fingerprint = spec.fingerprint();
  }

  public byte[] encode(KeyState state) {
    byte[] bytes = new byte[KeyStateLayout.size(spec)];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort(KeyStateLayout.MAGIC).put(KeyStateLayout.VERSION).put(KeyStateLayout.ENCODING_F32);
    out.putInt(0);
    out.putLong(fingerprint);
    out.putLong(state.steps()).putLong(state.lastTime()).putLong(state.lastSeen());
    out.putLong(state.windowStart());
    SurpriseMoments surprise = state.surprise();
    out.putLong(surprise.count());
    out.putDouble(surprise.recent())
        .putDouble(surprise.mean())
        .putDouble(surprise.variance())
        .putDouble(surprise.peak())
        .putDouble(surprise.outdone())
        .putDouble(surprise.told());
    LevelMoments levels = state.levels();
    out.putDouble(levels.peak()).putDouble(levels.outdone());
    Floats.put(out, state.usual().square());
    Floats.put(out, state.last());
    Floats.put(out, levels.recent());
    Floats.put(out, levels.mean());
    Floats.put(out, levels.variance());
    Floats.put(out, state.input());
    Floats.put(out, state.extremes().low());
    Floats.put(out, state.extremes().high());
    Floats.put(out, state.extremes().youngLow());
    Floats.put(out, state.extremes().youngHigh());
    Floats.put(out, state.hidden().h());
    Floats.put(out, state.hidden().c());
    out.putInt(KeyStateLayout.CHECKSUM_AT, checksum(bytes));
    return bytes;
  }

  /** @throws CorruptStateException naming the first field that cannot be believed */
  public KeyState decode(byte[] bytes) {
    byte version = row.check(bytes);
    ByteBuffer in =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(KeyStateLayout.STEPS_AT);
    long steps = in.getLong();
    long lastTime = in.getLong();
    long lastSeen = in.getLong();
    return version == KeyStateV1.VERSION
        ? KeyStateV1.read(in, spec, steps, lastTime, lastSeen)
        : read(in, steps, lastTime, lastSeen);
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
    UsualChange usual = new UsualChange(Floats.getDoubles(in, spec.features()));
    double[] last = Floats.getDoubles(in, spec.features());
    LevelMoments levels = new LevelMoments(
        Floats.getDoubles(in, spec.features()),
        Floats.getDoubles(in, spec.features()),
        Floats.getDoubles(in, spec.features()),
        levelPeak,
        levelOutdone);
    float[] input = Floats.get(in, spec.rowWidth());
    Extremes extremes = new Extremes(
        Floats.get(in, spec.features()),
        Floats.get(in, spec.features()),
        Floats.get(in, spec.features()),
        Floats.get(in, spec.features()));
    HiddenState hidden =
        new HiddenState(Floats.get(in, spec.stateSize()), Floats.get(in, spec.stateSize()));
    return new KeyState(
        steps,
        lastTime,
        lastSeen,
        windowStart,
        hidden,
        usual,
        last,
        input,
        extremes,
        levels,
        surprise);
  }

  /** Over all bytes but the checksum's own. */
  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, KeyStateLayout.CHECKSUM_AT);
    crc.update(bytes, KeyStateLayout.BODY_AT, bytes.length - KeyStateLayout.BODY_AT);
    return (int) crc.getValue();
  }
}
