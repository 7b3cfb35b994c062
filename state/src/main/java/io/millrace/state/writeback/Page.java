package io.millrace.state.writeback;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * Neighbouring rows on the heap, in one array, and which of them the store below does not have. What happens to a row again and
 * again goes by the array alone: an object on the way to it would be one more place in memory to wait for.
 *
 * <pre>
 *   offset  size  field, in the machine's byte order
 *   0       4     S: bytes that the keys share
 *   4       4     bytes of each key behind them: 0 or 1
 *   8       4     rows
 *   12      S     what the keys share
 *   12 + S  12    each row: where its value begins [4]; its length, -1 where it was deleted [4]; the last byte of its key, 0 where the keys
 *                 share all of them, and 256 more where the store below does not have the row [4]
 *   then          the values in the same order; one that was longer once may have left room behind it
 * </pre>
 */
final class Page {
  /** What a page takes beyond its array: two objects, its slot in a table half full, and its place among those not written. */
  static final int OVERHEAD_BYTES = 72;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final int SHARED = 0;
  private static final int REST = 4;
  private static final int ROWS = 8;
  private static final int KEY = 12;
  private static final int ROW_BYTES = 12;
  private static final int LENGTH = 4;
  private static final int MARK = 8;
  private static final int UNWRITTEN = 1 << Byte.SIZE;
  private static final int NO_ROW = -1;
  private static final int DELETED = -1;
  private static final byte[] NOTHING = {};

  private final short firstByte;
  private byte[] bytes;
  private int unwritten;

  /** A page without a row, for those with such keys. */
  Page(byte[] key, int shared) {
    this.firstByte = (short) firstByte(key);
    this.bytes = new byte[KEY + shared];
    INT.set(bytes, SHARED, shared);
    INT.set(bytes, REST, key.length - shared);
    System.arraycopy(key, 0, bytes, KEY, shared);
  }

  /** The page; another array after some of the calls that change it. */
  byte[] bytes() {
    return bytes;
  }

  /** Whether a page is that of a key. */
  static boolean isOf(byte[] page, byte[] key, int shared) {
    return get(page, SHARED) == shared
        && get(page, REST) == key.length - shared
        && Arrays.equals(page, KEY, KEY + shared, key, 0, shared);
  }

  /**
   * What a page knows of a key.
   *
   * @return a copy of its value; {@link CachedRows#DELETED} where it has none; null where nothing is known
   */
  static byte[] value(byte[] page, byte[] key) {
    int row = row(page, key);
    if (row == NO_ROW) {
      return null;
    }
    int length = get(page, row + LENGTH);
    int at = get(page, row);
    return length == DELETED ? CachedRows.DELETED : Arrays.copyOfRange(page, at, at + length);
  }

  /**
   * Takes a row into a page, over its value before, if the store below does not have that either and there is about as much room.
   *
   * @param value null where it is deleted
   * @return whether it did
   */
  static boolean overwrite(byte[] page, byte[] key, byte[] value) {
    int row = row(page, key);
    int length = value == null ? 0 : value.length;
    if (row == NO_ROW || !isUnwritten(page, row) || !fits(page, row, length)) {
      return false;
    }
    write(page, row, value);
    return true;
  }

  private static int row(byte[] page, byte[] key) {
    int first = KEY + get(page, SHARED);
    int last = last(page, key);
    int guess = first + last * ROW_BYTES;
    int end = end(page);
    if (guess < end && last == last(page, guess)) { // they mostly come in this order, from 0 on
      return guess;
    }
    for (int row = first; row < end; row += ROW_BYTES) {
      if (last == last(page, row)) {
        return row;
      }
    }
    return NO_ROW;
  }

  private static int last(byte[] page, byte[] key) {
    return get(page, REST) == 0 ? 0 : Byte.toUnsignedInt(key[key.length - 1]);
  }

  private static int last(byte[] page, int row) {
    return get(page, row + MARK) & UNWRITTEN - 1;
  }

  /** Behind the last row, where values may begin. */
  private static int end(byte[] page) {
    return KEY + get(page, SHARED) + get(page, ROWS) * ROW_BYTES;
  }

  private static int get(byte[] page, int at) {
    return (int) INT.get(page, at);
  }

  private static boolean isUnwritten(byte[] page, int row) {
    return get(page, row + MARK) >= UNWRITTEN;
  }

  private static boolean fits(byte[] page, int row, int length) {
    int next = row + ROW_BYTES;
    int room = (next == end(page) ? page.length : get(page, next)) - get(page, row);
    return length <= room && room <= 2 * length;
  }

  private static void write(byte[] page, int row, byte[] value) {
    INT.set(page, row + LENGTH, value == null ? DELETED : value.length);
    if (value != null) {
      System.arraycopy(value, 0, page, get(page, row), value.length);
    }
  }

  /**
   * Takes a row, over its value before where there is about as much room: so no new object is reached from this old one.
   *
   * @param value null where it is deleted
   */
  void set(byte[] key, byte[] value) {
    int length = value == null ? 0 : value.length;
    int row = row(bytes, key);
    if (row == NO_ROW) {
      row = end(bytes);
      rearrange(row, length);
      INT.set(bytes, row + MARK, last(bytes, key));
    } else if (!fits(bytes, row, length)) {
      rearrange(row, length);
    }
    write(bytes, row, value);
  }

  /** Moves all rows to an array in which each value has as much room as it needs, and that of one row, which may be new, so much. */
  private void rearrange(int changed, int length) {
    byte[] old = bytes;
    int first = KEY + get(old, SHARED);
    int oldEnd = end(old);
    int end = Math.max(oldEnd, changed + ROW_BYTES);
    int values = length;
    for (int row = first; row < oldEnd; row += ROW_BYTES) {
      values += row == changed ? 0 : length(old, row);
    }
    bytes = new byte[end + values];
    System.arraycopy(old, 0, bytes, 0, oldEnd);
    INT.set(bytes, ROWS, (end - first) / ROW_BYTES);
    int at = end;
    for (int row = first; row < end; row += ROW_BYTES) {
      INT.set(bytes, row, at);
      if (row == changed) {
        at += length;
      } else {
        System.arraycopy(old, get(old, row), bytes, at, length(old, row));
        at += length(old, row);
      }
    }
  }

  private static int length(byte[] page, int row) {
    return Math.max(0, get(page, row + LENGTH));
  }

  /**
   * Remembers that the store below does not have a row.
   *
   * @return whether it had it until now
   */
  boolean markUnwritten(byte[] key) {
    int row = row(bytes, key);
    if (isUnwritten(bytes, row)) {
      return false;
    }
    INT.set(bytes, row + MARK, get(bytes, row + MARK) + UNWRITTEN);
    unwritten++;
    return true;
  }

  /** How many rows the store below does not have. */
  int unwritten() {
    return unwritten;
  }

  /** Adds the rows that the store below does not have, which is to get them now. */
  void takeUnwritten(List<KeyValue<Bytes, byte[]>> taken) {
    if (unwritten == 0) {
      return; // it may have been let go
    }
    for (int row = KEY + get(bytes, SHARED); unwritten > 0; row += ROW_BYTES) {
      if (isUnwritten(bytes, row)) {
        INT.set(bytes, row + MARK, get(bytes, row + MARK) - UNWRITTEN);
        taken.add(pair(row));
        unwritten--;
      }
    }
  }

  private KeyValue<Bytes, byte[]> pair(int row) {
    int shared = get(bytes, SHARED);
    byte[] key = Arrays.copyOfRange(bytes, KEY, KEY + shared + get(bytes, REST));
    if (key.length > shared) {
      key[shared] = (byte) last(bytes, row);
    }
    int at = get(bytes, row);
    int length = get(bytes, row + LENGTH);
    return KeyValue.pair(
        Bytes.wrap(key), length == DELETED ? null : Arrays.copyOfRange(bytes, at, at + length));
  }

  /** Gives up its rows; nobody asks for them again. */
  void release() {
    bytes = NOTHING;
    unwritten = 0;
  }

  /** Bytes of heap, about. */
  int size() {
    return OVERHEAD_BYTES + bytes.length;
  }

  /** Of its keys, unsigned: they are ordered by it. */
  int firstByte() {
    return firstByte;
  }

  /** Of a key, unsigned; 0 of an empty one, which comes first. */
  static int firstByte(byte[] key) {
    return key.length == 0 ? 0 : Byte.toUnsignedInt(key[0]);
  }
}
