package io.millrace.serde;

import io.millrace.model.ModelSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The suspicion towards a row: length, magic, version, encoding, checksum, signature, sense, in this order. */
final class KeyStateRow {
  private final ModelSpec spec;
  private final long fingerprint;

  KeyStateRow(ModelSpec spec) {
    this.spec = spec;
    this.fingerprint = spec.fingerprint();
  }

  /** @return the row's layout version */
  byte check(byte[] bytes) {
    int shortest = KeyStateV1.FEATURES_AT;
    if (bytes.length < shortest) {
      throw new CorruptStateException("length", "at least " + shortest, bytes.length);
    }
    ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    expect("magic", KeyStateLayout.MAGIC, row.getShort(KeyStateLayout.MAGIC_AT));
    byte version = row.get(KeyStateLayout.VERSION_AT);
    if (version != KeyStateV1.VERSION) {
      expect("version", KeyStateLayout.VERSION, version);
    }
    expect("encoding", KeyStateLayout.ENCODING_F32, row.get(KeyStateLayout.ENCODING_AT));
    expect("checksum", KeyStateCodec.checksum(bytes), row.getInt(KeyStateLayout.CHECKSUM_AT));
    long actual = row.getLong(KeyStateLayout.FINGERPRINT_AT);
    if (actual != fingerprint) {
      throw new CorruptStateException(
          "signature",
          String.format("%016x (%s)", fingerprint, spec.signature()),
          String.format("%016x", actual));
    }
    boolean old = version == KeyStateV1.VERSION;
    expect("length", old ? KeyStateV1.size(spec) : KeyStateLayout.size(spec), bytes.length);
    checkFinite(
        row,
        old ? KeyStateV1.SURPRISE_AT : KeyStateLayout.SURPRISE_AT,
        old
            ? KeyStateV1.FEATURES_AT + KeyStateV1.DOUBLES * Double.BYTES * spec.features()
            : KeyStateLayout.FEATURES_AT + KeyStateLayout.DOUBLES * Double.BYTES * spec.features());
    return version;
  }

  private static void expect(String field, long expected, long actual) {
    if (expected != actual) {
      throw new CorruptStateException(field, expected, actual);
    }
  }

  /** A checksum vouches for the bytes, not for whoever computed them. */
  private void checkFinite(ByteBuffer row, int doublesAt, int floatsAt) {
    for (int at = doublesAt; at < floatsAt; at += Double.BYTES) {
      if (!Double.isFinite(row.getDouble(at))) {
        throw new CorruptStateException("value at " + at, "finite", row.getDouble(at));
      }
    }
    for (int at = floatsAt; at < row.capacity(); at += Float.BYTES) {
      if (!Float.isFinite(row.getFloat(at))) {
        throw new CorruptStateException("value at " + at, "finite", row.getFloat(at));
      }
    }
  }
}
