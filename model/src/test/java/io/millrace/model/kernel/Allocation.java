package io.millrace.model.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How much memory code takes once C2 has compiled it: interpreted and half-compiled vectors are boxed. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** C2 compiles when it comes to it, which on a machine with other work is seconds away, and no count of calls brings it nearer. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private Allocation() {}

  /**
   * Runs code again and again.
   *
   * @param enough stops as soon as a run takes no more than these bytes
   * @return the least bytes that a run took
   */
  static long onceCompiled(long enough, Runnable code) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    long least = Long.MAX_VALUE;
    while (least > enough && System.nanoTime() < end) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      code.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
