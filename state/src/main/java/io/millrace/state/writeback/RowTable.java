package io.millrace.state.writeback;

import java.util.Arrays;

/**
 * Rows by their keys. A hash table with linear probing: finding a row of many touches three places in memory, where {@link java.util.HashMap}
 * touches six, and at some 100 ns each that is most of what a row on the heap costs.
 *
 * <p>Who is to go is found by a clock, whose hand goes round the slots: a row that was used since the hand last came by stays. Lists in order
 * of use would write six references for each use, and each reference written into an old object is work for G1's refinement threads.
 */
final class RowTable {
  private static final int FIRST_BITS = 6;
  private static final int MOST_BITS = 30;
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  /** 0 where a slot is free; no row has that hash. */
  private int[] hashes;

  private Row[] rows;
  private int bits;
  private int size;
  private int hand;

  RowTable() {
    allocate(FIRST_BITS);
  }

  private void allocate(int newBits) {
    bits = newBits;
    hashes = new int[1 << bits];
    rows = new Row[1 << bits];
    size = 0;
    hand = 0;
  }

  /** Null where there is none. */
  Row find(byte[] key) {
    int hash = hash(key);
    int slot = home(hash);
    while (hashes[slot] != 0) {
      if (hashes[slot] == hash && rows[slot].has(key)) {
        return rows[slot];
      }
      slot = next(slot);
    }
    return null;
  }

  /** Adds a row whose key has none. */
  void add(Row row) {
    if (2 * size >= rows.length && bits < MOST_BITS) {
      grow();
    }
    place(hash(row.key()), row);
  }

  private void place(int hash, Row row) {
    int slot = home(hash);
    while (hashes[slot] != 0) {
      slot = next(slot);
    }
    hashes[slot] = hash;
    rows[slot] = row;
    size++;
  }

  private void grow() {
    int[] oldHashes = hashes;
    Row[] oldRows = rows;
    allocate(bits + 1);
    for (int slot = 0; slot < oldRows.length; slot++) {
      if (oldHashes[slot] != 0) {
        place(oldHashes[slot], oldRows[slot]);
      }
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes out the next row that was not used since the hand last came by. There must be one. */
  Row evict() {
    while (true) {
      Row row = rows[hand];
      if (row != null && !row.used) {
        remove(hand);
        return row;
      }
      if (row != null) {
        row.used = false;
      }
      hand = next(hand);
    }
  }

  /** Closes the gap: a row must be found on the way from its home on, without a free slot between. */
  private void remove(int slot) {
    int gap = slot;
    for (int from = next(gap); hashes[from] != 0; from = next(from)) {
      if (distance(home(hashes[from]), from) >= distance(gap, from)) {
        hashes[gap] = hashes[from];
        rows[gap] = rows[from];
        gap = from;
      }
    }
    hashes[gap] = 0;
    rows[gap] = null;
    size--;
  }

  void clear() {
    if (size > 0) {
      allocate(FIRST_BITS);
    }
  }

  private int next(int slot) {
    return slot + 1 & rows.length - 1;
  }

  private int distance(int from, int to) {
    return to - from & rows.length - 1;
  }

  /** The upper bits, which all bytes of a key have changed. */
  private int home(int hash) {
    return hash >>> Integer.SIZE - bits;
  }

  private static int hash(byte[] key) {
    return Arrays.hashCode(key) * GOLDEN_RATIO | 1;
  }
}
