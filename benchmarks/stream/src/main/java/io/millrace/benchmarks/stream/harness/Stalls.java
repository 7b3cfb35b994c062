package io.millrace.benchmarks.stream.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * What the machine takes away while nothing of ours runs. A virtual machine is not told when its host lets others run, and its kernel
 * reports no stolen time everywhere; but a percentile of milliseconds is no better than what it was measured on. So each processor is kept
 * half busy by a thread that looks at the clock and sleeps in turns, and what lies between two looks, or beyond the end of a sleep, was
 * somebody else's.
 *
 * @param percent of the time that went in stalls of a millisecond and more, of all processors
 * @param longestMs the longest of them; 0 where there was none
 */
public record Stalls(double percent, double longestMs) {
  /** How long to look: they come some times a second where they come. */
  public static final Duration LOOK = Duration.ofSeconds(3);

  private static final long TURN_NANOS = 500_000;
  private static final double MS = 1e6;

  /** Looks on one processor. */
  static final class Watch {
    private long lost;
    private long longest;

    /** @param beyond nanoseconds that passed and should not have */
    void see(long beyond) {
      if (beyond >= MS) {
        lost += beyond;
        longest = Math.max(longest, beyond);
      }
    }

    private void look(long until) {
      while (System.nanoTime() < until) {
        long end = System.nanoTime() + TURN_NANOS;
        for (long last = System.nanoTime(); last < end; ) {
          long now = System.nanoTime();
          see(now - last);
          last = now;
        }
        long asleep = System.nanoTime();
        LockSupport.parkNanos(TURN_NANOS);
        see(System.nanoTime() - asleep - TURN_NANOS);
      }
    }
  }

  /** Looks on all processors at once. */
  public static Stalls measure() {
    long until = System.nanoTime() + LOOK.toNanos();
    List<Watch> watches = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < Runtime.getRuntime().availableProcessors(); n++) {
      Watch watch = new Watch();
      watches.add(watch);
      threads.add(new Thread(() -> watch.look(until), "stalls"));
    }
    threads.forEach(Thread::start);
    threads.forEach(Stalls::join);
    return of(watches, LOOK);
  }

  /** For whoever reads what was measured between the two. */
  public String after(Stalls before) {
    return String.format(
        Locale.ROOT,
        "stalled %.1f %% of the time before and %.1f %% after, for up to %.0f ms",
        before.percent,
        percent,
        Math.max(before.longestMs, longestMs));
  }

  static Stalls of(List<Watch> watches, Duration each) {
    long lost = watches.stream().mapToLong(watch -> watch.lost).sum();
    long longest = watches.stream().mapToLong(watch -> watch.longest).max().orElse(0);
    return new Stalls(100.0 * lost / each.toNanos() / watches.size(), longest / MS);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
