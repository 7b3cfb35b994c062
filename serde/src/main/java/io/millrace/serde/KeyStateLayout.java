package io.millrace.serde;

import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.LabelMemory;

/**
 * The bytes of a {@code KeyState} row of one model. Little-endian. A part that the model has no use for has no bytes.
 *
 * <pre>
 *   offset   size    field                                                            part of
 *   0        2       magic, "MK"
 *   2        1       layout version: 2 where nothing but features is fed and a forecast
 *                    comes out, so that such rows are what they always were; else 3
 *   3        1       encoding of h and c: 0 = f32; 1 (f16) and 2 (int8) are reserved
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
 * D features, R columns of a row, K categories. D=R=16, H=64, one layer, forecast: 1592 bytes. Version 1 is drawn in {@link KeyStateV1},
 * which still reads it.
 */
final class KeyStateLayout {
  static final short MAGIC = 0x4B4D;
  static final byte PLAIN_VERSION = 2;
  static final byte VERSION = 3;
  static final byte ENCODING_F32 = 0;

  static final int MAGIC_AT = 0;
  static final int VERSION_AT = 2;
  static final int ENCODING_AT = 3;
  static final int CHECKSUM_AT = 4;
  static final int FINGERPRINT_AT = 8;
  static final int STEPS_AT = 16;
  static final int BODY_AT = FINGERPRINT_AT;
  static final int SURPRISE_AT = 56;
  static final int LONGS_AT = 120;

  /** Where the doubles of the features begin. */
  final int doublesAt;

  final int floatsAt;
  final int size;
  final byte version;

  final boolean isForecast;
  final boolean isLazy;
  final boolean hasFeedback;
  final boolean hasLabelSpread;
  final int crossed;

  KeyStateLayout(ModelSpec spec) {
    isForecast = spec.head() == Head.FORECAST;
    isLazy = spec.head().isLazy();
    hasFeedback = spec.input().labelFeedback();
    hasLabelSpread = spec.head() == Head.REGRESSION;
    crossed = LabelMemory.crossed(spec);
    version = isPlain(spec) ? PLAIN_VERSION : VERSION;
    doublesAt = LONGS_AT + Long.BYTES * ((hasFeedback ? 2 : 0) + (hasLabelSpread ? 1 : 0));
    int doubles =
        (isForecast ? 5 : 4) * spec.features() + (hasFeedback ? 1 : 0) + (hasLabelSpread ? 2 : 0);
    floatsAt = doublesAt + Double.BYTES * doubles;
    int floats = (isLazy ? spec.rowWidth() : 0)
        + (isForecast ? 4 * spec.features() : 0)
        + 2 * spec.stateSize()
        + crossed;
    size = floatsAt + Float.BYTES * floats;
  }

  /** Whether rows of versions 1 and 2 may be there. */
  static boolean isPlain(ModelSpec spec) {
    return spec.head() == Head.FORECAST && spec.inputs() == spec.features();
  }
}
