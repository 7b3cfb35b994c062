package io.millrace.state.writeback;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes of heap that the rows of all stores of an application may take together. A store may take more than its equal share of what
 * others leave; when they need theirs, it gives that back as it is used. Until then the budget may be exceeded, by as much again at most.
 */
public final class CacheBudget {
  private final long bytes;
  private final int unwritten;
  private final AtomicInteger stores = new AtomicInteger();
  private final AtomicLong taken = new AtomicLong();

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

  /** A store's rows take so many bytes more, or fewer. */
  void take(long more) {
    taken.addAndGet(more);
  }

  /** By how many bytes it is exceeded; negative where there is room. */
  long excess() {
    return taken.get() - bytes;
  }

  /** Bytes that each store may take whatever the others do. */
  long share() {
    return bytes / Math.max(1, stores.get());
  }
}
