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
 *   2        1       layout version, 5
 *   3        1       bits 0 to 3: encoding of h and c, 0 = f32, 1 = f16, 2 = int8;
 *                    bits 4 to 6: reserved, 0; bit 7: the younger extremes are there
 *   4        4       CRC-32C of all other bytes of the row
 *   8        8       fingerprint of the model's signature
 *   16       24      surprise: short-run mean, long-run mean, long-run variance, peak,
 *                    outdone, told, f32 each
 *   40       4D      features: root mean square of the change, f32
 *   then     4D      last event, raw, f32
 *   then     8D      level: mean, above the last event; deviation, f32 each
 *   then     4D      level: short-run mean, above the mean, f32                       forecast
 *   then     8D      extremes: low, high, f32 each                                    forecast
 *   then     8D      extremes: young low, young high, f32 each; not there while they  forecast
 *                    are low and high
 *   then     8       level: peak, outdone, f32 each                                   forecast
 *   then     4S      last event as the network will be fed it: its ids, f32 each      lazy heads
 *   then     4K      categories of the event whose label is fed back, -1 for none,    feedback, binary
 *                    f32
 *   then     8       label fed back: value, raw, f64                                  feedback
 *   then     16      labels: mean, variance, f64 each                                 regression
 *   then     4N      last event as the network will be fed it: its numeric columns,   lazy heads
 *                    f32; 2N, f16 each, where h and c are not f32
 *   then     8LH     h, c, f32 each; 4LH, f16 each; or 4 + 2LH: the unit of c, f32,
 *                    h in 127ths and c in its unit, a byte each
 *   then     varints, of which s are signed, all times in ms:
 *                    steps
 *                    time of the last event, since 1970, s
 *                    record time of the last event, since its time, s
 *                    open window: 0 when none is open, 1 when the sequence has ended,
 *                    else its steps + 2
 *                    surprise: events not counted, s
 *                    steps since the label fed back, one more than steps for none     feedback
 *                    time since it, s                                                 feedback
 *                    labels: count                                                    regression
 *                    open window: bytes of what is in no row of its own yet           lazy heads
 *   then     those bytes                                                              lazy heads
 * </pre>
 *
 * D features, N numeric columns and S ids of a row, K categories, L layers of H. A forecast of D=16, H=64, one layer: 1072 bytes and its
 * varints, 784 with f16, 660 with int8, and 128 more once the key is older than the extremes' horizon. Version 4 ends before what is kept of the open window. Versions 2 and 3 are drawn
 * in {@link KeyStateV3}, version 1 in {@link KeyStateV1}, which still read them.
 */
final class KeyStateLayout {
  static final short MAGIC = 0x4B4D;
  static final byte VERSION = 5;

  /** The same, but that nothing of an open window is kept. */
  static final byte VERSION_BEFORE = 4;

  static final int VERSION_AT = 2;
  static final int ENCODING_AT = 3;
  static final int CHECKSUM_AT = 4;
  static final int FINGERPRINT_AT = 8;
  static final int BODY_AT = FINGERPRINT_AT;
  static final int SURPRISE_AT = 16;

  static final int SURPRISE_MOMENTS = 6;

  static final int YOUNG = 0x80;

  final boolean isForecast;
  final boolean isLazy;
  final boolean hasFeedback;
  final boolean hasLabelSpread;
  final int features;
  final int numbers;
  final int ids;
  final int crossed;
  final int stateSize;

  KeyStateLayout(ModelSpec spec) {
    isForecast = spec.head() == Head.FORECAST;
    isLazy = spec.head().isLazy();
    hasFeedback = spec.input().labelFeedback();
    hasLabelSpread = spec.head() == Head.REGRESSION;
    features = spec.features();
    numbers = isLazy ? spec.numericColumns() : 0;
    ids = isLazy ? spec.slotCount() : 0;
    crossed = LabelMemory.crossed(spec);
    stateSize = spec.stateSize();
  }

  /** @param form the byte that says it */
  static boolean hasYoung(int form) {
    return (form & YOUNG) != 0;
  }

  /**
   * @param form the byte that says it
   * @throws CorruptStateException when it says none that there is
   */
  static StateEncoding encoding(int form) {
    return StateEncoding.of(form & (YOUNG - 1));
  }

  /** Where the doubles begin, and the floats after the header end. */
  int doublesAt(boolean hasYoung) {
    int ofFeatures = isForecast ? 7 * features + 2 : 4 * features;
    int young = hasYoung ? 2 * features : 0;
    return SURPRISE_AT + Float.BYTES * (SURPRISE_MOMENTS + ofFeatures + young + ids + crossed);
  }

  /** Where what {@link StateEncoding} writes begins. */
  int encodedAt(boolean hasYoung) {
    int doubles = (hasFeedback ? 1 : 0) + (hasLabelSpread ? 2 : 0);
    return doublesAt(hasYoung) + Double.BYTES * doubles;
  }

  int varintsAt(StateEncoding encoding, boolean hasYoung) {
    return encodedAt(hasYoung) + encoding.size(numbers, stateSize);
  }

  int varints() {
    return 5 + (hasFeedback ? 2 : 0) + (hasLabelSpread ? 1 : 0);
  }

  /**
   * Bytes of a row if its varints were all as long as can be.
   *
   * @param kept bytes of the open window
   */
  int longest(StateEncoding encoding, boolean hasYoung, int kept) {
    return varintsAt(encoding, hasYoung) + Varints.MAX_BYTES * (varints() + 1) + kept;
  }
}
