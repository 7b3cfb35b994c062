package io.millrace.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The eight bytes that stand before every row of ours but the oldest kind. Little-endian.
 *
 * <pre>
 *   offset  size  field
 *   0       2     magic of the kind of row
 *   2       1     layout version
 *   3       1     reserved, 0
 *   4       4     CRC-32C of all other bytes of the row
 * </pre>
 *
 * @param kind what the row is, for errors
 */
record RowFrame(String kind, short magic, byte version) {
  static final int SIZE = 8;
  private static final int CHECKSUM_AT = 4;

  /** A row of that many bytes, the frame included, ready for its body. */
  ByteBuffer begin(int size) {
    return ByteBuffer.allocate(size)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(magic)
        .put(version)
        .put((byte) 0)
        .putInt(0);
  }

  /** @param row from {@link #begin}, its body written to the end */
  byte[] seal(ByteBuffer row) {
    return row.putInt(CHECKSUM_AT, checksum(row.array())).array();
  }

  /**
   * The body of a row that can be believed to be what somebody wrote.
   *
   * @throws CorruptRowException naming the first field that cannot be believed
   */
  ByteBuffer open(byte[] bytes) {
    if (bytes.length < SIZE) {
      throw new CorruptRowException(kind, "length", "at least " + SIZE, bytes.length);
    }
    ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    expect("magic", magic, row.getShort());
    expect("version", version, row.get());
    expect("reserved", 0, row.get());
    expect("checksum", checksum(bytes), row.getInt());
    return row;
  }

  void expect(String field, long expected, long actual) {
    if (expected != actual) {
      throw new CorruptRowException(kind, field, expected, actual);
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM_AT);
    crc.update(bytes, SIZE, bytes.length - SIZE);
    return (int) crc.getValue();
  }
}
