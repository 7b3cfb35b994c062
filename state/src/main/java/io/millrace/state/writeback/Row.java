package io.millrace.state.writeback;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** A row on the heap: its key and, behind that in the same array, its value; none where it was deleted. A longer value may have left room behind it. */
final class Row {
  /** What a row takes beyond its key and its value: two objects, its slot in a table half full, and its place among those not written. */
  static final int OVERHEAD_BYTES = 72;

  private static final int DELETED = -1;
  private static final byte[] NOTHING = {};

  private final int keyLength;
  private final short firstByte;
  private byte[] bytes;
  private int valueLength;
  boolean unwritten;
  boolean used;

  /** @param value null where it is deleted */
  Row(byte[] key, byte[] value) {
    this.keyLength = key.length;
    this.firstByte = (short) firstByte(key);
    this.bytes = Arrays.copyOf(key, key.length + (value == null ? 0 : value.length));
    set(value);
  }

  /** Over the value before it where there is about as much room, so that no new object is reached from this old one. */
  void set(byte[] value) {
    int length = keyLength + (value == null ? 0 : value.length);
    if (bytes.length < length || bytes.length > 2 * length) {
      bytes = Arrays.copyOf(Arrays.copyOf(bytes, keyLength), length);
    }
    if (value != null) {
      System.arraycopy(value, 0, bytes, keyLength, value.length);
    }
    valueLength = value == null ? DELETED : value.length;
  }

  boolean has(byte[] key) {
    return Arrays.equals(bytes, 0, keyLength, key, 0, key.length);
  }

  /** Null where it was deleted. */
  byte[] value() {
    return valueLength == DELETED
        ? null
        : Arrays.copyOfRange(bytes, keyLength, keyLength + valueLength);
  }

  KeyValue<Bytes, byte[]> pair() {
    return KeyValue.pair(Bytes.wrap(key()), value());
  }

  byte[] key() {
    return Arrays.copyOf(bytes, keyLength);
  }

  /** Bytes of heap, about. */
  int size() {
    return OVERHEAD_BYTES + bytes.length;
  }

  /** Gives up its bytes; nobody asks for them again. */
  void release() {
    bytes = NOTHING;
  }

  /** Of its key, unsigned: keys are ordered by it. */
  int firstByte() {
    return firstByte;
  }

  /** Of a key, unsigned; 0 of an empty one, which comes first. */
  static int firstByte(byte[] key) {
    return key.length == 0 ? 0 : Byte.toUnsignedInt(key[0]);
  }
}
