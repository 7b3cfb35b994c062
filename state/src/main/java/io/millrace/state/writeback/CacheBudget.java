package io.millrace.state.writeback;

import java.util.concurrent.atomic.AtomicInteger;

/** Bytes of heap that the rows of all stores of an application may take together, in equal shares. */
public final class CacheBudget {
  private final long bytes;
  private final AtomicInteger stores = new AtomicInteger();

  /** @param bytes for all stores; 0: nothing is kept on the heap */
  public CacheBudget(long bytes) {
    this.bytes = bytes;
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

  /** Bytes that each store may take now. */
  long share() {
    return bytes / Math.max(1, stores.get());
  }
}
