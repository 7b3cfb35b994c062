package io.millrace.state.writeback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * The pages with rows that the store below does not have, in lists by the first byte of their keys. A range takes whole lists, for rows may be
 * written below at any time; in an order of their own, each put would compare its way through the keys of many.
 */
final class UnwrittenPages {
  private static final int FIRST_BYTES = 256;
  private static final int WORTH_COMPACTING = 64;

  private final List<List<Page>> lists = new ArrayList<>();

  /** Pages in each list that were let go since they came. */
  private final int[] stale = new int[FIRST_BYTES];

  private int rows;

  UnwrittenPages() {
    for (int n = 0; n < FIRST_BYTES; n++) {
      lists.add(new ArrayList<>(0));
    }
  }

  /** How many rows there are in all of them. */
  int rows() {
    return rows;
  }

  /** Takes a row of a page, unless it is here. */
  void add(Page page, byte[] key) {
    if (page.markUnwritten(key)) {
      rows++;
      if (page.unwritten() == 1) {
        lists.get(page.firstByte()).add(page);
      }
    }
  }

  /** Gives up a page, for it is to go. Those of its rows that are here are to be written now, and added. */
  void remove(Page page, List<KeyValue<Bytes, byte[]>> written) {
    if (page.unwritten() == 0) {
      return;
    }
    rows -= page.unwritten();
    page.takeUnwritten(written);
    page.release();
    int first = page.firstByte();
    List<Page> list = lists.get(first);
    if (++stale[first] > list.size() / 2 && list.size() > WORTH_COMPACTING) {
      list.removeIf(other -> other.unwritten() == 0);
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
    int last = to == null ? FIRST_BYTES - 1 : Page.firstByte(to.get());
    for (int first = from == null ? 0 : Page.firstByte(from.get()); first <= last; first++) {
      for (Page page : lists.get(first)) {
        page.takeUnwritten(taken);
      }
      lists.get(first).clear();
      stale[first] = 0;
    }
    rows -= taken.size();
    return taken;
  }

  void clear() {
    lists.forEach(List::clear);
    Arrays.fill(stale, 0);
    rows = 0;
  }
}
