package io.millrace.state.writeback;

import java.util.concurrent.atomic.AtomicInteger;

/** Bytes of heap that the rows of all stores of an application may take together, in equal shares. */
public final class CacheBudget {
  private final long bytes;
  private final int unwritten;
  private final AtomicInteger stores = new AtomicInteger();

  private CacheBudget(long bytes, int unwritten) {
    this.bytes = bytes;
    this.unwritten = unwritten;
  }

  /**
   * For stores that are committed when they are closed only, as Kafka Streams does exactly once.
   *
   * @param bytes for all stores; 0: nothing is kept on the heap
   */
  public static CacheBudget of(long bytes) {
    return new CacheBudget(bytes, Integer.MAX_VALUE);
  }

  /**
   * For stores that are committed again and again, while all else waits.
   *
   * @param bytes for all stores; 0: nothing is kept on the heap
   * @param unwritten rows of a store, at most, that the one below does not have
   */
  public static CacheBudget of(long bytes, int unwritten) {
    return new CacheBudget(bytes, unwritten);
  }

  public boolean isEmpty() {
    return bytes == 0;
  }

  void join() {
    stores.incrementAndGet();
  }

  void leave() {
    stores.decrementAndGet();
  }

  int unwritten() {
    return unwritten;
  }

  /** Bytes that each store may take now. */
  long share() {
    return bytes / Math.max(1, stores.get());
  }
}
