package io.millrace.state.writeback;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** Rows that were used lately, and which of them the store below does not have yet. */
final class CachedRows {
  /** The value of a key that has none; no other array. */
  static final byte[] DELETED = {};

  private final Neighbours neighbours;
  private final PageTable pages = new PageTable();
  private final UnwrittenPages unwritten = new UnwrittenPages();
  private long bytes;

  CachedRows(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** Bytes of heap, about. */
  long bytes() {
    return bytes;
  }

  /** How many rows the store below does not have. */
  int unwritten() {
    return unwritten.rows();
  }

  /** A copy of a row; {@link #DELETED} where it was deleted; null where nothing is known of that key. */
  byte[] find(Bytes key) {
    int slot = pages.find(key.get(), shared(key.get()));
    return slot == PageTable.NO_SLOT ? null : Page.value(pages.bytes(slot), key.get());
  }

  /**
   * Takes a row that the store below does not have.
   *
   * @param value null: it is deleted
   */
  void put(Bytes key, byte[] value) {
    byte[] name = key.get();
    int slot = pages.find(name, shared(name));
    if (slot == PageTable.NO_SLOT || !Page.overwrite(pages.bytes(slot), name, value)) {
      unwritten.add(set(slot, name, value), name);
    }
  }

  /** Takes a row as the store below has it. */
  void keep(Bytes key, byte[] value) {
    byte[] name = key.get();
    set(pages.find(name, shared(name)), name, value);
  }

  private int shared(byte[] key) {
    return neighbours.has(key) ? key.length - 1 : key.length;
  }

  private Page set(int slot, byte[] key, byte[] value) {
    if (slot == PageTable.NO_SLOT) {
      int shared = shared(key);
      Page page = new Page(key, shared);
      page.set(key, value);
      pages.add(page, key, shared);
      bytes += page.size();
      return page;
    }
    Page page = pages.page(slot);
    bytes -= page.size();
    page.set(key, value);
    pages.changed(slot);
    bytes += page.size();
    return page;
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
   * Lets rows go, with all their neighbours, first those that were not used lately.
   *
   * @param atMost bytes that may stay
   * @return those of them that are to be written below now
   */
  List<KeyValue<Bytes, byte[]>> shrink(long atMost) {
    List<KeyValue<Bytes, byte[]>> written = new ArrayList<>();
    while (bytes > atMost && !pages.isEmpty()) {
      Page page = pages.evict();
      bytes -= page.size();
      unwritten.remove(page, written);
    }
    return written;
  }

  void clear() {
    pages.clear();
    unwritten.clear();
    bytes = 0;
  }
}
