package io.millrace.state.writeback;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Pages by what their keys share. A hash table with linear probing: finding a row of many touches three places in memory, of which two do not
 * wait for each other, where {@link java.util.HashMap} touches six, and at some 100 ns each that is most of what a row on the heap costs.
 *
 * <p>Who is to go is found by a clock, whose hand goes round the slots: a page that was used since the hand last came by stays. Lists in order
 * of use would write six references for each use, and each reference written into an old object is work for G1's refinement threads.
 */
final class PageTable {
  /** In place of a slot: there is no such page. */
  static final int NO_SLOT = -1;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final int FIRST_BITS = 6;
  private static final int MOST_BITS = 30;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** 0 where a slot is free; no page has that hash. */
  private int[] hashes;

  private byte[][] bytes;
  private Page[] pages;
  private boolean[] used;
  private int bits;
  private int size;
  private int hand;

  PageTable() {
    allocate(FIRST_BITS);
  }

  private void allocate(int newBits) {
    bits = newBits;
    hashes = new int[1 << bits];
    bytes = new byte[1 << bits][];
    pages = new Page[1 << bits];
    used = new boolean[1 << bits];
    size = 0;
    hand = 0;
  }

  /** Where a key's page is, until one is added or goes; it counts as used. */
  int find(byte[] key, int shared) {
    int hash = hash(key, shared);
    int slot = home(hash);
    while (hashes[slot] != 0) {
      if (hashes[slot] == hash && Page.isOf(bytes[slot], key, shared)) {
        if (!used[slot]) {
          used[slot] = true;
        }
        return slot;
      }
      slot = next(slot);
    }
    return NO_SLOT;
  }

  byte[] bytes(int slot) {
    return bytes[slot];
  }

  Page page(int slot) {
    return pages[slot];
  }

  /** To be called whenever a page has changed. */
  void changed(int slot) {
    byte[] now = pages[slot].bytes();
    if (bytes[slot] != now) {
      bytes[slot] = now;
    }
  }

  /** Adds a page for a key that has none, which does not count as used yet. */
  void add(Page page, byte[] key, int shared) {
    if (2 * size >= pages.length && bits < MOST_BITS) {
      grow();
    }
    place(hash(key, shared), page, false);
  }

  private void place(int hash, Page page, boolean isUsed) {
    int slot = home(hash);
    while (hashes[slot] != 0) {
      slot = next(slot);
    }
    hashes[slot] = hash;
    bytes[slot] = page.bytes();
    pages[slot] = page;
    used[slot] = isUsed;
    size++;
  }

  private void grow() {
    int[] oldHashes = hashes;
    Page[] oldPages = pages;
    boolean[] oldUsed = used;
    allocate(bits + 1);
    for (int slot = 0; slot < oldPages.length; slot++) {
      if (oldHashes[slot] != 0) {
        place(oldHashes[slot], oldPages[slot], oldUsed[slot]);
      }
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes out the next page that was not used since the hand last came by. There must be one. */
  Page evict() {
    while (true) {
      Page page = pages[hand];
      if (page != null && !used[hand]) {
        remove(hand);
        return page;
      }
      used[hand] = false;
      hand = next(hand);
    }
  }

  /** Closes the gap: a page must be found on the way from its home on, without a free slot between. */
  private void remove(int slot) {
    int gap = slot;
    for (int from = next(gap); hashes[from] != 0; from = next(from)) {
      if (distance(home(hashes[from]), from) >= distance(gap, from)) {
        hashes[gap] = hashes[from];
        bytes[gap] = bytes[from];
        pages[gap] = pages[from];
        used[gap] = used[from];
        gap = from;
      }
    }
    hashes[gap] = 0;
    bytes[gap] = null;
    pages[gap] = null;
    used[gap] = false;
    size--;
  }

  void clear() {
    if (size > 0) {
      allocate(FIRST_BITS);
    }
  }

  private int next(int slot) {
    return slot + 1 & hashes.length - 1;
  }

  private int distance(int from, int to) {
    return to - from & hashes.length - 1;
  }

  /** The upper bits, which all bytes of a key have changed. */
  private int home(int hash) {
    return hash >>> Integer.SIZE - bits;
  }

  private static int hash(byte[] key, int shared) {
    long hash = shared;
    int at = 0;
    for (; at + Long.BYTES <= shared; at += Long.BYTES) {
      hash = mixed(hash ^ (long) LONG.get(key, at));
    }
    for (; at < shared; at++) {
      hash = hash << Byte.SIZE ^ key[at];
    }
    return (int) (mixed(hash) >>> Integer.SIZE) | 1;
  }

  private static long mixed(long hash) {
    long product = hash * GOLDEN_RATIO;
    return product ^ product >>> Integer.SIZE;
  }
}
