package io.millrace.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the rows in {@code open-windows}. Big-endian, so that rows lie in the order of their numbers.
 *
 * <pre>
 *   deadline  0, deadline [8], key            so that those due first lie first
 *   head      1, key
 *   step      2, length of the key [4], key, slot [4]
 * </pre>
 */
final class OpenWindowKeys {
  private static final byte DEADLINE = 0;
  private static final byte HEAD = 1;
  private static final byte STEP = 2;

  private OpenWindowKeys() {}

  static Bytes deadline(long deadline, byte[] key) {
    return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES + key.length)
        .put(DEADLINE)
        .putLong(Math.max(0, deadline))
        .put(key)
        .array());
  }

  static Bytes firstDeadline() {
    return deadline(0, new byte[0]);
  }

  /** Not before any row that is due by then. */
  static Bytes deadlineAfter(long time) {
    return deadline(time + 1, new byte[0]);
  }

  static long deadlineOf(Bytes row) {
    return ByteBuffer.wrap(row.get()).getLong(1);
  }

  static byte[] keyOfDeadline(Bytes row) {
    return Arrays.copyOfRange(row.get(), 1 + Long.BYTES, row.get().length);
  }

  static Bytes head(byte[] key) {
    return Bytes.wrap(ByteBuffer.allocate(1 + key.length).put(HEAD).put(key).array());
  }

  static Bytes step(byte[] key, int slot) {
    return Bytes.wrap(ByteBuffer.allocate(1 + 2 * Integer.BYTES + key.length)
        .put(STEP)
        .putInt(key.length)
        .put(key)
        .putInt(slot)
        .array());
  }
}
