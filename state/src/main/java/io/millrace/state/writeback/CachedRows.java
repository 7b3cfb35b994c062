package io.millrace.state.writeback;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** Rows that were used lately, and which of them the store below does not have yet. */
final class CachedRows {
  private final RowTable rows = new RowTable();
  private final UnwrittenRows unwritten = new UnwrittenRows();
  private long bytes;

  /** Bytes of heap, about. */
  long bytes() {
    return bytes;
  }

  /** How many rows the store below does not have. */
  int unwritten() {
    return unwritten.size();
  }

  /** Null where nothing is known of that key. */
  Row find(Bytes key) {
    Row row = rows.find(key.get());
    if (row != null) {
      row.used = true;
    }
    return row;
  }

  /** Takes a row that the store below does not have. */
  void put(Bytes key, byte[] value) {
    unwritten.add(set(key, value));
  }

  /** Takes a row as the store below has it. */
  void keep(Bytes key, byte[] value) {
    set(key, value);
  }

  private Row set(Bytes key, byte[] value) {
    Row row = find(key);
    if (row == null) {
      row = new Row(key.get(), value);
      rows.add(row);
    } else {
      bytes -= row.size();
      row.set(value);
    }
    bytes += row.size();
    return row;
  }

  /**
   * The rows of a range, and maybe more, that are to be written below now; they stay, as rows that are there.
   *
   * @param from first key; null: from the start
   * @param to last key; null: to the end
   */
  List<KeyValue<Bytes, byte[]>> written(Bytes from, Bytes to) {
    if (from != null && to != null && from.compareTo(to) > 0) {
      return List.of();
    }
    return unwritten.take(from, to);
  }

  /**
   * Lets rows go, first those that were not used lately.
   *
   * @param atMost bytes that may stay
   * @return those of them that are to be written below now
   */
  List<KeyValue<Bytes, byte[]>> shrink(long atMost) {
    List<KeyValue<Bytes, byte[]>> written = new ArrayList<>();
    while (bytes > atMost && !rows.isEmpty()) {
      Row row = rows.evict();
      bytes -= row.size();
      if (row.unwritten) {
        written.add(row.pair());
        unwritten.remove(row);
      }
    }
    return written;
  }

  void clear() {
    rows.clear();
    unwritten.clear();
    bytes = 0;
  }
}
