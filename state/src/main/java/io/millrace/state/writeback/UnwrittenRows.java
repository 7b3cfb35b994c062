package io.millrace.state.writeback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * The rows that the store below does not have, in lists by the first byte of their keys. A range takes whole lists, for rows may be
 * written below at any time; in an order of their own, each put would compare its way through the keys of many.
 */
final class UnwrittenRows {
  private static final int FIRST_BYTES = 256;
  private static final int WORTH_COMPACTING = 64;

  private final List<List<Row>> lists = new ArrayList<>();

  /** Rows in each list that were let go since they came. */
  private final int[] stale = new int[FIRST_BYTES];

  private int size;

  UnwrittenRows() {
    for (int n = 0; n < FIRST_BYTES; n++) {
      lists.add(new ArrayList<>(0));
    }
  }

  int size() {
    return size;
  }

  /** Takes a row, unless it is here. */
  void add(Row row) {
    if (!row.unwritten) {
      row.unwritten = true;
      lists.get(row.firstByte()).add(row);
      size++;
    }
  }

  /** Gives up a row that is here, for it is to be written now and let go. */
  void remove(Row row) {
    row.unwritten = false;
    row.release();
    size--;
    int first = row.firstByte();
    List<Row> list = lists.get(first);
    if (++stale[first] > list.size() / 2 && list.size() > WORTH_COMPACTING) {
      list.removeIf(other -> !other.unwritten);
      stale[first] = 0;
    }
  }

  /**
   * Gives up all rows of a range, and maybe more.
   *
   * @param from first key; null: from the start
   * @param to last key; null: to the end
   */
  List<KeyValue<Bytes, byte[]>> take(Bytes from, Bytes to) {
    List<KeyValue<Bytes, byte[]>> taken = new ArrayList<>();
    int last = to == null ? FIRST_BYTES - 1 : Row.firstByte(to.get());
    for (int first = from == null ? 0 : Row.firstByte(from.get()); first <= last; first++) {
      for (Row row : lists.get(first)) {
        if (row.unwritten) {
          taken.add(row.pair());
          row.unwritten = false;
        }
      }
      lists.get(first).clear();
      stale[first] = 0;
    }
    size -= taken.size();
    return taken;
  }

  void clear() {
    lists.forEach(List::clear);
    Arrays.fill(stale, 0);
    size = 0;
  }
}
