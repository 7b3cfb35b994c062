package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The suspicion towards the rows of learn and merge, as far as they are alike; what differs is checked by their own. */
final class LearnerRow {
  private final String thing;
  private final short magic;
  private final byte newest;
  private final int shortest;
  private final ModelSpec spec;
  private final int size;

  /**
   * @param thing the row's name in errors
   * @param newest layout version
   * @param shortest bytes before the arrays
   */
  LearnerRow(String thing, short magic, byte newest, int shortest, ModelSpec spec) {
    this.thing = thing;
    this.magic = magic;
    this.newest = newest;
    this.shortest = shortest;
    this.spec = spec;
    this.size = new ParameterLayout(spec).size();
  }

  /** Length, magic, version, length as written, checksum, signature, size, in this order. */
  ByteBuffer checked(byte[] bytes) {
    if (bytes.length < shortest) {
      throw rejected("length", "at least " + shortest, bytes.length);
    }
    ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    expect("magic", magic, row.getShort(LearnerLayout.MAGIC_AT));
    expectVersion(row.get(LearnerLayout.VERSION_AT));
    expect("length", row.getInt(LearnerLayout.LENGTH_AT), bytes.length);
    expect("checksum", checksum(bytes), row.getInt(LearnerLayout.CHECKSUM_AT));
    long fingerprint = row.getLong(LearnerLayout.FINGERPRINT_AT);
    if (fingerprint != spec.fingerprint()) {
      throw rejected(
          "signature",
          String.format("%016x (%s)", spec.fingerprint(), spec.signature()),
          String.format("%016x", fingerprint));
    }
    expect("parameters", size, row.getInt(LearnerLayout.SIZE_AT));
    return row;
  }

  private void expectVersion(byte version) {
    if (version < 1 || version > newest) {
      throw rejected("version", "1 to " + newest, version);
    }
  }

  void expect(String field, long expected, long actual) {
    if (expected != actual) {
      throw rejected(field, expected, actual);
    }
  }

  void expectCount(String field, long actual) {
    if (actual < 0) {
      throw rejected(field, "at least 0", actual);
    }
  }

  void expectFinite(String field, double actual) {
    if (!Double.isFinite(actual)) {
      throw rejected(field, "finite", actual);
    }
  }

  /** A checksum vouches for the bytes, not for whoever computed them. */
  void expectFinite(ByteBuffer row, int from, int to) {
    for (int at = from; at < to; at += Float.BYTES) {
      expectFinite("value at " + at, row.getFloat(at));
    }
  }

  CorruptLearnerException rejected(String field, Object expected, Object actual) {
    return new CorruptLearnerException(thing, field, expected, actual);
  }

  /** Over all bytes but the checksum's own. */
  static int checksum(byte[] bytes) {
    int after = LearnerLayout.CHECKSUM_AT + Integer.BYTES;
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, LearnerLayout.CHECKSUM_AT);
    crc.update(bytes, after, bytes.length - after);
    return (int) crc.getValue();
  }
}
