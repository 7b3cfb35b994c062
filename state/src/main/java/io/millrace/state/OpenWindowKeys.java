package io.millrace.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the rows in {@code open-windows}. Big-endian, so that rows lie in the order of their numbers.
 *
 * <pre>
 *   deadline  0, deadline [8], key                           so that those due first lie first
 *   head      1, key
 *   step      2, length of the key [4], key, slot [4]        a step, or four of a lazy head
 *   waiting   3, length of the key [4], key, first step [8]  a window that waits for labels
 *   due       4, due [8], first step [8], key                when it waits no longer
 *   awaited   5, length of the key [4], key, event id        where a label finds its step
 *   lapse     6, time [8], length of the key [4], key, id    when that is forgotten
 * </pre>
 */
final class OpenWindowKeys {
  private static final byte DEADLINE = 0;
  private static final byte HEAD = 1;
  private static final byte STEP = 2;
  private static final byte WAITING = 3;
  private static final byte DUE = 4;
  private static final byte AWAITED = 5;
  private static final byte LAPSE = 6;

  private OpenWindowKeys() {}

  static Bytes deadline(long deadline, byte[] key) {
    return Bytes.wrap(timed(DEADLINE, deadline, key.length).put(key).array());
  }

  /** Not after any row that is due at that time or later. */
  static Bytes firstDeadline(long time) {
    return Bytes.wrap(timed(DEADLINE, time, 0).array());
  }

  /** Not before any row that is due by then. */
  static Bytes deadlineAfter(long time) {
    return after(DEADLINE, time);
  }

  static long deadlineOf(Bytes row) {
    return timeOf(row);
  }

  static byte[] keyOfDeadline(Bytes row) {
    return Arrays.copyOfRange(row.get(), 1 + Long.BYTES, row.get().length);
  }

  static Bytes head(byte[] key) {
    return Bytes.wrap(ByteBuffer.allocate(1 + key.length).put(HEAD).put(key).array());
  }

  static Bytes step(byte[] key, int slot) {
    return Bytes.wrap(keyed(STEP, key, Integer.BYTES).putInt(slot).array());
  }

  /** A window's steps are read together, and each is written soon after the one before. */
  static boolean isStep(byte[] row) {
    return row[0] == STEP;
  }

  static Bytes waiting(byte[] key, long firstStep) {
    return Bytes.wrap(keyed(WAITING, key, Long.BYTES).putLong(firstStep).array());
  }

  static Bytes due(long due, long firstStep, byte[] key) {
    return Bytes.wrap(
        timed(DUE, due, Long.BYTES + key.length).putLong(firstStep).put(key).array());
  }

  static Bytes firstDue() {
    return first(DUE);
  }

  /** Not before any row that is due by then. */
  static Bytes dueAfter(long time) {
    return after(DUE, time);
  }

  static long firstStepOfDue(Bytes row) {
    return ByteBuffer.wrap(row.get()).getLong(1 + Long.BYTES);
  }

  static byte[] keyOfDue(Bytes row) {
    return Arrays.copyOfRange(row.get(), 1 + 2 * Long.BYTES, row.get().length);
  }

  static Bytes awaited(byte[] key, String id) {
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(keyed(AWAITED, key, name.length).put(name).array());
  }

  /** Before all that is awaited of a key. */
  static Bytes awaitedFrom(byte[] key) {
    return awaited(key, "");
  }

  /** After all that is awaited of a key: no text in UTF-8 has such a byte. */
  static Bytes awaitedTo(byte[] key) {
    return Bytes.wrap(keyed(AWAITED, key, 1).put((byte) 0xFF).array());
  }

  static Bytes lapse(long time, Bytes awaited) {
    byte[] name = awaited.get();
    return Bytes.wrap(
        timed(LAPSE, time, name.length - 1).put(name, 1, name.length - 1).array());
  }

  static Bytes firstLapse() {
    return first(LAPSE);
  }

  /** Not before any row that lapses by then. */
  static Bytes lapseAfter(long time) {
    return after(LAPSE, time);
  }

  static Bytes awaitedOfLapse(Bytes row) {
    byte[] name = Arrays.copyOfRange(row.get(), Long.BYTES, row.get().length);
    name[0] = AWAITED;
    return Bytes.wrap(name);
  }

  private static long timeOf(Bytes row) {
    return ByteBuffer.wrap(row.get()).getLong(1);
  }

  private static Bytes first(byte kind) {
    return Bytes.wrap(timed(kind, 0, 0).array());
  }

  private static Bytes after(byte kind, long time) {
    return Bytes.wrap(timed(kind, time + 1, 0).array());
  }

  private static ByteBuffer timed(byte kind, long time, int more) {
    return ByteBuffer.allocate(1 + Long.BYTES + more).put(kind).putLong(Math.max(0, time));
  }

  private static ByteBuffer keyed(byte kind, byte[] key, int more) {
    return ByteBuffer.allocate(1 + Integer.BYTES + key.length + more)
        .put(kind)
        .putInt(key.length)
        .put(key);
  }
}
