package io.millrace.serde;

import io.millrace.model.ModelSpec;

/**
 * The bytes of a {@code KeyState} row, version 2. Little-endian.
 *
 * <pre>
 *   offset          size   field
 *   0               2      magic, "MK"
 *   2               1      layout version, 2
 *   3               1      encoding of h and c: 0 = f32; 1 (f16) and 2 (int8) are reserved
 *   4               4      CRC-32C of all other bytes of the row
 *   8               8      fingerprint of the model's signature
 *   16              8      steps
 *   24              8      time of the last event, ms since 1970
 *   32              8      record time of the last event, ms since 1970
 *   40              8      first step of the open window, -1 when none is open, -2 when the sequence has ended
 *   48              8      surprise: count
 *   56              8      surprise: short-run mean, f64
 *   64              8      surprise: long-run mean, f64
 *   72              8      surprise: long-run variance, f64
 *   80              8      surprise: peak, f64
 *   88              8      surprise: outdone, f64
 *   96              8      surprise: told, f64
 *   104             8      level: peak, f64
 *   112             8      level: outdone, f64
 *   120             8F     features: mean square of the change, f64
 *   120 + 8F        8F     last event, raw, f64
 *   120 + 16F       24F    level: short-run mean, long-run mean, long-run variance, f64 each
 *   120 + 40F       4R     last event as the network will be fed it: its row, f32
 *   then            16F    extremes: low, high, young low, young high, f32 each
 *   then            4LH    h, f32
 *   then            4LH    c, f32
 * </pre>
 *
 * F features, R columns of a row. F=R=16, H=64, one layer: 1592 bytes. Version 1 is drawn in {@link KeyStateV1}, which still reads it.
 */
final class KeyStateLayout {
  static final short MAGIC = 0x4B4D;
  static final byte VERSION = 2;
  static final byte ENCODING_F32 = 0;

  static final int MAGIC_AT = 0;
  static final int VERSION_AT = 2;
  static final int ENCODING_AT = 3;
  static final int CHECKSUM_AT = 4;
  static final int FINGERPRINT_AT = 8;
  static final int STEPS_AT = 16;
  static final int BODY_AT = FINGERPRINT_AT;
  /** Doubles of each feature; they come first. */
  static final int DOUBLES = 5;

  /** Floats of each feature, beside those of the row. */
  static final int FLOATS = 4;

  static final int SURPRISE_AT = 56;
  static final int FEATURES_AT = 120;

  private KeyStateLayout() {}

  static int size(ModelSpec spec) {
    return FEATURES_AT
        + (DOUBLES * Double.BYTES + FLOATS * Float.BYTES) * spec.features()
        + Float.BYTES * spec.rowWidth()
        + 2 * Float.BYTES * spec.stateSize();
  }
}
