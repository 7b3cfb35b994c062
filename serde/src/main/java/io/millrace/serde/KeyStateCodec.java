package io.millrace.serde;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.FeatureMemory;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LabelMemory;
import io.millrace.model.scoring.Spread;
import io.millrace.model.scoring.SurpriseMoments;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * {@link KeyState} to its row and back, for one model. The layout is drawn in {@link KeyStateLayout}.
 *
 * <p>A row is not all that the state was: most of it is rounded. Whoever goes on from a state has to go on from what its row gives back.
 */
public final class KeyStateCodec {
  private static final int NO_WINDOW = 0;
  private static final int ENDED = 1;
  private static final int OPEN = 2;

  private final ModelSpec spec;
  private final StateEncoding encoding;
  private final KeyStateLayout layout;
  private final FeatureBytes featureBytes;
  private final KeyStateV3 before;
  private final KeyStateRow row;
  private final KeyStateSense sense;
  private final long fingerprint;

  /** @param encoding of what is written; rows of every encoding are read */
  public KeyStateCodec(ModelSpec spec, StateEncoding encoding) {
    this.spec = spec;
    this.encoding = encoding;
    this.layout = new KeyStateLayout(spec);
    this.featureBytes = new FeatureBytes(layout);
    this.before = new KeyStateV3(spec, layout);
    this.row = new KeyStateRow(spec, layout, before);
    this.sense = new KeyStateSense(spec);
    this.fingerprint = spec.fingerprint();
  }

  public byte[] encode(KeyState state) {
    boolean hasYoung = FeatureBytes.hasYoung(state.features());
    ByteBuffer out = ByteBuffer.allocate(layout.longest(encoding, hasYoung, state.kept().length))
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(KeyStateLayout.MAGIC)
        .put(KeyStateLayout.VERSION)
        .put((byte) (encoding.code() | (hasYoung ? KeyStateLayout.YOUNG : 0)))
        .putInt(0)
        .putLong(fingerprint);
    put(out, state.surprise());
    featureBytes.put(out, state.features(), hasYoung);
    putIds(out, state);
    putDoubles(out, state.labels());
    encoding.put(out, state.input(), layout.numbers, state.hidden());
    putVarints(out, state);
    putKept(out, state.kept());
    byte[] bytes = Arrays.copyOf(out.array(), out.position());
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(KeyStateLayout.CHECKSUM_AT, KeyStateRow.checksum(bytes));
    return bytes;
  }

  private static void put(ByteBuffer out, SurpriseMoments surprise) {
    for (double moment : new double[] {
      surprise.recent(),
      surprise.mean(),
      surprise.variance(),
      surprise.peak(),
      surprise.outdone(),
      surprise.told()
    }) {
      out.putFloat(FeatureBytes.held(moment));
    }
  }

  private void putIds(ByteBuffer out, KeyState state) {
    for (int n = layout.numbers; n < state.input().length; n++) {
      out.putFloat(state.input()[n]);
    }
    Floats.put(out, state.labels().categories());
  }

  private void putDoubles(ByteBuffer out, LabelMemory labels) {
    if (layout.hasFeedback) {
      out.putDouble(labels.value());
    }
    if (layout.hasLabelSpread) {
      out.putDouble(labels.spread().mean()).putDouble(labels.spread().variance());
    }
  }

  private void putVarints(ByteBuffer out, KeyState state) {
    Varints.put(out, state.steps());
    Varints.putSigned(out, state.lastTime());
    Varints.putSigned(out, state.lastSeen() - state.lastTime());
    Varints.put(out, window(state));
    Varints.putSigned(out, state.steps() - state.surprise().count());
    LabelMemory labels = state.labels();
    if (layout.hasFeedback) {
      Varints.put(out, state.steps() - labels.step());
      Varints.putSigned(out, state.lastTime() - labels.time());
    }
    if (layout.hasLabelSpread) {
      Varints.put(out, labels.count());
    }
  }

  private void putKept(ByteBuffer out, byte[] kept) {
    if (layout.isLazy) {
      Varints.put(out, kept.length);
      out.put(kept);
    }
  }

  private static long window(KeyState state) {
    if (state.hasOpenWindow()) {
      return OPEN + state.steps() - state.windowStart();
    }
    return state.hasEnded() ? ENDED : NO_WINDOW;
  }

  /** @throws CorruptStateException naming the first field that cannot be believed */
  public KeyState decode(byte[] bytes) {
    byte version = row.check(bytes);
    ByteBuffer in =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(KeyStateLayout.SURPRISE_AT);
    return sense.checked(
        switch (version) {
          case KeyStateLayout.VERSION -> read(in, bytes[KeyStateLayout.ENCODING_AT], layout.isLazy);
          case KeyStateLayout.VERSION_BEFORE -> read(in, bytes[KeyStateLayout.ENCODING_AT], false);
          case KeyStateV1.VERSION -> KeyStateV1.read(in, spec);
          default -> before.read(in);
        });
  }

  private KeyState read(ByteBuffer in, int form, boolean hasKept) {
    float[] moments = Floats.get(in, KeyStateLayout.SURPRISE_MOMENTS);
    FeatureMemory features = featureBytes.get(in, KeyStateLayout.hasYoung(form));
    float[] input = new float[layout.numbers + layout.ids];
    for (int n = layout.numbers; n < input.length; n++) {
      input[n] = in.getFloat();
    }
    float[] crossed = Floats.get(in, layout.crossed);
    double labelValue = layout.hasFeedback ? in.getDouble() : 0;
    Spread labelSpread =
        layout.hasLabelSpread ? new Spread(in.getDouble(), in.getDouble()) : Spread.NONE;
    HiddenState hidden = HiddenState.initial(spec);
    KeyStateLayout.encoding(form).get(in, input, layout.numbers, hidden);
    long steps = Varints.get(in);
    long lastTime = Varints.getSigned(in);
    long lastSeen = lastTime + Varints.getSigned(in);
    long window = Varints.get(in);
    long count = steps - Varints.getSigned(in);
    long labelStep = layout.hasFeedback ? steps - Varints.get(in) : LabelMemory.NO_STEP;
    long labelTime = layout.hasFeedback ? lastTime - Varints.getSigned(in) : 0;
    long labelCount = layout.hasLabelSpread ? Varints.get(in) : 0;
    byte[] kept = hasKept ? kept(in) : KeyState.NOTHING_KEPT;
    KeyStateRow.expect("length", in.position(), in.capacity());
    return new KeyState(
        steps,
        lastTime,
        lastSeen,
        windowStart(window, steps),
        hidden,
        input,
        features,
        new SurpriseMoments(
            count, moments[0], moments[1], moments[2], moments[3], moments[4], moments[5]),
        new LabelMemory(labelStep, labelTime, labelValue, crossed, labelCount, labelSpread),
        kept);
  }

  private static byte[] kept(ByteBuffer in) {
    long length = Varints.get(in);
    if (length < 0 || length > in.remaining()) {
      throw new CorruptStateException("kept of the window", "at most " + in.remaining(), length);
    }
    if (length == 0) {
      return KeyState.NOTHING_KEPT;
    }
    byte[] kept = new byte[(int) length];
    in.get(kept);
    return kept;
  }

  private static long windowStart(long window, long steps) {
    if (window == NO_WINDOW) {
      return KeyState.NO_WINDOW;
    }
    return window == ENDED ? KeyState.ENDED : OPEN + steps - window;
  }
}
