package io.millrace.state.writeback;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** A row on the heap: its key and, behind that in the same array, its value; none where it was deleted. */
final class Row implements Comparable<Row> {
  /** What a row takes beyond its key and its value: two objects, its slot in a table half full, and its entry among those not written. */
  static final int OVERHEAD_BYTES = 104;

  private final int keyLength;
  private byte[] bytes;
  private boolean deleted;
  boolean unwritten;
  boolean used;

  /** @param value null where it is deleted */
  Row(byte[] key, byte[] value) {
    this.keyLength = key.length;
    this.bytes = Arrays.copyOf(key, key.length + length(value));
    set(value);
  }

  /** Over the value before it where it is as long, so that no new object is reached from this old one. */
  void set(byte[] value) {
    int length = keyLength + length(value);
    if (bytes.length != length) {
      bytes = Arrays.copyOf(Arrays.copyOf(bytes, keyLength), length);
    }
    deleted = value == null;
    if (!deleted) {
      System.arraycopy(value, 0, bytes, keyLength, value.length);
    }
  }

  private static int length(byte[] value) {
    return value == null ? 0 : value.length;
  }

  boolean has(byte[] key) {
    return Arrays.equals(bytes, 0, keyLength, key, 0, key.length);
  }

  /** Null where it was deleted. */
  byte[] value() {
    return deleted ? null : Arrays.copyOfRange(bytes, keyLength, bytes.length);
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
