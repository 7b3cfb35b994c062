package io.millrace.serde;

import io.millrace.model.ModelSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The suspicion towards a row: length, magic, version, encoding, checksum, signature, sense, in this order. */
final class KeyStateRow {
  private final ModelSpec spec;
  private final KeyStateLayout layout;
  private final long fingerprint;

  KeyStateRow(ModelSpec spec, KeyStateLayout layout) {
    this.spec = spec;
    this.layout = layout;
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
    boolean old = version == KeyStateV1.VERSION && KeyStateLayout.isPlain(spec);
    if (!old) {
      expect("version", layout.version, version);
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
    if (old) {
      expect("length", KeyStateV1.size(spec), bytes.length);
      checkDoubles(row, KeyStateV1.SURPRISE_AT, KeyStateV1.floatsAt(spec));
      checkFloats(row, KeyStateV1.floatsAt(spec));
    } else {
      expect("length", layout.size, bytes.length);
      checkDoubles(row, KeyStateLayout.SURPRISE_AT, KeyStateLayout.LONGS_AT);
      checkDoubles(row, layout.doublesAt, layout.floatsAt);
      checkFloats(row, layout.floatsAt);
      checkIds(row);
    }
    return version;
  }

  private static void expect(String field, long expected, long actual) {
    if (expected != actual) {
      throw new CorruptStateException(field, expected, actual);
    }
  }

  /** A checksum vouches for the bytes, not for whoever computed them. */
  private static void checkDoubles(ByteBuffer row, int from, int to) {
    for (int at = from; at < to; at += Double.BYTES) {
      if (!Double.isFinite(row.getDouble(at))) {
        throw new CorruptStateException("value at " + at, "finite", row.getDouble(at));
      }
    }
  }

  private static void checkFloats(ByteBuffer row, int from) {
    for (int at = from; at < row.capacity(); at += Float.BYTES) {
      if (!Float.isFinite(row.getFloat(at))) {
        throw new CorruptStateException("value at " + at, "finite", row.getFloat(at));
      }
    }
  }

  /** An id says which weights are read. */
  private void checkIds(ByteBuffer row) {
    if (layout.isLazy) {
      checkIds(row, layout.floatsAt + Float.BYTES * spec.numericColumns(), spec.slotCount());
    }
    checkIds(row, layout.size - Float.BYTES * layout.crossed, layout.crossed);
  }

  private void checkIds(ByteBuffer row, int from, int count) {
    for (int slot = 0; slot < count; slot++) {
      int at = from + Float.BYTES * slot;
      float id = row.getFloat(at);
      int size = spec.slotSize(slot);
      if (id != ModelSpec.NONE && (id < 0 || id >= size || id != (int) id)) {
        throw new CorruptStateException("id at " + at, "-1.." + (size - 1), id);
      }
    }
  }
}
