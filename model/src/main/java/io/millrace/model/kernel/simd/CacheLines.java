package io.millrace.model.kernel.simd;

import java.util.function.IntFunction;

/**
 * Arrays of four-byte elements that begin with a cache line. A vector that lies in two lines costs two loads, and arrays begin
 * anywhere, but for those that fill a region of G1: these begin with it, and are not moved, or to the start of another.
 * So arrays are parts of such a one. It is let go when all who have a part of it are.
 *
 * <p>With another collector an array is its own, and begins anywhere.
 *
 * @param <A> the type of array
 */
final class CacheLines<A> {
  private static final int LINE_BYTES = 64;
  private static final int LINE = LINE_BYTES / Float.BYTES;
  private static final HeapLayout HEAP = HeapLayout.ofThisJvm();

  static final CacheLines<float[]> FLOATS = new CacheLines<>(HEAP, float[]::new);
  static final CacheLines<int[]> INTS = new CacheLines<>(HEAP, int[]::new);

  private final IntFunction<A> allocate;
  private final int regionLength;
  private final int first;
  private A region;
  private int free;

  CacheLines(HeapLayout heap, IntFunction<A> allocate) {
    this.allocate = allocate;
    this.regionLength = Math.max(0, heap.regionBytes() - heap.arrayBase()) / Float.BYTES;
    this.first = (LINE_BYTES - heap.arrayBase() % LINE_BYTES) % LINE_BYTES / Float.BYTES;
    this.free = regionLength;
  }

  /**
   * Zeros that are nobody else's.
   *
   * @param at of the first of them in the array
   */
  record Part<A>(A array, int at) {}

  synchronized Part<A> take(int length) {
    if (regionLength == 0) {
      return new Part<>(allocate.apply(length), 0);
    }
    if (length > regionLength - first) {
      return new Part<>(allocate.apply(Math.addExact(first, length)), first);
    }
    if (length > regionLength - free) {
      region = allocate.apply(regionLength);
      free = first;
    }
    int at = free;
    free = Math.min(regionLength, at + (length + LINE - 1) / LINE * LINE);
    return new Part<>(region, at);
  }
}
