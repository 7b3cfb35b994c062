package io.millrace.state.writeback;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** A row on the heap: its key and, behind that in the same array, its value; none where it was deleted. A longer value may have left room behind it. */
final class Row implements Comparable<Row> {
  /** What a row takes beyond its key and its value: two objects, its slot in a table half full, and its entry among those not written. */
  static final int OVERHEAD_BYTES = 104;

  private static final int DELETED = -1;

  private final int keyLength;
  private byte[] bytes;
  private int valueLength;
  boolean unwritten;
  boolean used;

  /** @param value null where it is deleted */
  Row(byte[] key, byte[] value) {
    this.keyLength = key.length;
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

  /** In the order of their keys, as RocksDB has it. */
  @Override
  public int compareTo(Row other) {
    return Arrays.compareUnsigned(bytes, 0, keyLength, other.bytes, 0, other.keyLength);
  }
}
