package io.millrace.serde;

import io.millrace.model.Half;
import io.millrace.model.ModelSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The suspicion towards a row: length, magic, version, encoding, checksum, signature, finite, in this order; {@link KeyStateSense} comes after it. */
final class KeyStateRow {
  private final ModelSpec spec;
  private final KeyStateLayout layout;
  private final KeyStateV3 before;
  private final long fingerprint;

  KeyStateRow(ModelSpec spec, KeyStateLayout layout, KeyStateV3 before) {
    this.spec = spec;
    this.layout = layout;
    this.before = before;
    this.fingerprint = spec.fingerprint();
  }

  /**
   * @return the row's layout version
   * @throws CorruptStateException naming the first field that cannot be believed
   */
  byte check(byte[] bytes) {
    if (bytes.length < KeyStateLayout.SURPRISE_AT) {
      throw new CorruptStateException(
          "length", "at least " + KeyStateLayout.SURPRISE_AT, bytes.length);
    }
    ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    expect("magic", KeyStateLayout.MAGIC, row.getShort(0));
    byte version = row.get(KeyStateLayout.VERSION_AT);
    int form = row.get(KeyStateLayout.ENCODING_AT);
    boolean isFirst = version == KeyStateV1.VERSION && KeyStateV3.isPlain(spec);
    if (isFirst || version == before.version) {
      expect("encoding", StateEncoding.F32.code(), form);
    } else {
      if (version != KeyStateLayout.VERSION_BEFORE) {
        expect("version", KeyStateLayout.VERSION, version);
      }
      KeyStateLayout.encoding(form);
    }
    expect("checksum", checksum(bytes), row.getInt(KeyStateLayout.CHECKSUM_AT));
    checkSignature(row.getLong(KeyStateLayout.FINGERPRINT_AT));
    if (isFirst) {
      KeyStateV1.check(row, spec);
    } else if (version == before.version) {
      before.check(row);
    } else {
      check(row, KeyStateLayout.encoding(form), KeyStateLayout.hasYoung(form));
    }
    return version;
  }

  private void checkSignature(long actual) {
    if (actual != fingerprint) {
      throw new CorruptStateException(
          "signature",
          String.format("%016x (%s)", fingerprint, spec.signature()),
          String.format("%016x", actual));
    }
  }

  /** The varints say themselves where they end. */
  private void check(ByteBuffer row, StateEncoding encoding, boolean hasYoung) {
    int shortest = layout.varintsAt(encoding, hasYoung) + layout.varints();
    if (row.capacity() < shortest) {
      throw new CorruptStateException("length", "at least " + shortest, row.capacity());
    }
    int doublesAt = layout.doublesAt(hasYoung);
    int encodedAt = layout.encodedAt(hasYoung);
    checkFloats(row, KeyStateLayout.SURPRISE_AT, doublesAt);
    checkDoubles(row, doublesAt, encodedAt);
    encoding.check(row, encodedAt, layout.numbers, layout.stateSize);
  }

  static void expect(String field, long expected, long actual) {
    if (expected != actual) {
      throw new CorruptStateException(field, expected, actual);
    }
  }

  /** A checksum vouches for the bytes, not for whoever computed them. */
  static void checkDoubles(ByteBuffer row, int from, int to) {
    for (int at = from; at < to; at += Double.BYTES) {
      if (!Double.isFinite(row.getDouble(at))) {
        throw new CorruptStateException("value at " + at, "finite", row.getDouble(at));
      }
    }
  }

  static void checkFloats(ByteBuffer row, int from, int to) {
    for (int at = from; at < to; at += Float.BYTES) {
      if (!Float.isFinite(row.getFloat(at))) {
        throw new CorruptStateException("value at " + at, "finite", row.getFloat(at));
      }
    }
  }

  static void checkHalves(ByteBuffer row, int from, int to) {
    for (int at = from; at < to; at += Short.BYTES) {
      if (!Half.isFinite(row.getShort(at))) {
        throw new CorruptStateException("value at " + at, "finite", Half.toFloat(row.getShort(at)));
      }
    }
  }

  /** Over all bytes but the checksum's own. */
  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, KeyStateLayout.CHECKSUM_AT);
    crc.update(bytes, KeyStateLayout.BODY_AT, bytes.length - KeyStateLayout.BODY_AT);
    return (int) crc.getValue();
  }
}
