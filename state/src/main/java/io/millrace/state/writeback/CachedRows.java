package io.millrace.state.writeback;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** Rows that were used lately, and which of them the store below does not have yet. */
final class CachedRows {
  private static final byte[] NOTHING = {};

  private final RowTable rows = new RowTable();
  private final NavigableSet<Row> unwritten = new TreeSet<>();
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
    Row row = set(key, value);
    if (!row.unwritten) {
      row.unwritten = true;
      unwritten.add(row);
    }
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
   * The rows of a range that are to be written below now; they stay, as rows that are there.
   *
   * @param from first key; null: from the start
   * @param to last key; null: to the end
   */
  List<KeyValue<Bytes, byte[]>> written(Bytes from, Bytes to) {
    if (from != null && to != null && from.compareTo(to) > 0) {
      return List.of();
    }
    NavigableSet<Row> range = unwritten;
    if (from != null) {
      range = range.tailSet(new Row(from.get(), NOTHING), true);
    }
    if (to != null) {
      range = range.headSet(new Row(to.get(), NOTHING), true);
    }
    List<KeyValue<Bytes, byte[]>> written = new ArrayList<>();
    for (Row row : range) {
      written.add(row.pair());
      row.unwritten = false;
    }
    range.clear();
    return written;
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
        unwritten.remove(row);
        written.add(row.pair());
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
