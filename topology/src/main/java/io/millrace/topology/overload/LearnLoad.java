package io.millrace.topology.overload;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What the learn tasks of one instance and the consumers that feed them know of each other; safe for many threads. */
public final class LearnLoad {
  private final OverloadSettings settings;
  private final LongSupplier clock;
  private final ThreadLocal<long[]> learned = ThreadLocal.withInitial(() -> new long[1]);
  private final Map<Integer, Long> pending = new ConcurrentHashMap<>();
  private final Map<Integer, Long> ends = new ConcurrentHashMap<>();

  public LearnLoad(OverloadSettings settings) {
    this(settings, System::nanoTime);
  }

  /** @param clock in nanoseconds */
  LearnLoad(OverloadSettings settings, LongSupplier clock) {
    this.settings = settings;
    this.clock = clock;
  }

  OverloadSettings settings() {
    return settings;
  }

  /** Nanoseconds, from any time on. */
  public long now() {
    return clock.getAsLong();
  }

  /** Runs what counts as learning. */
  public void learning(Runnable work) {
    long begin = clock.getAsLong();
    work.run();
    learned.get()[0] += clock.getAsLong() - begin;
  }

  /** Tells for how many nanoseconds another thread has learned for the calling one, while that did something else. */
  public void learnedBeside(long nanos) {
    learned.get()[0] += Math.max(0, nanos);
  }

  /** Nanoseconds for which the calling thread has learned, or another for it, ever. */
  long learned() {
    return learned.get()[0];
  }

  /** Tells how many windows the learn task of a partition holds. */
  public void pending(int partition, long windows) {
    pending.put(partition, windows);
  }

  /** Whether the learn task of a partition holds as many windows as it may. */
  public boolean isFull(int partition) {
    return pending.getOrDefault(partition, 0L) >= settings.maxPending();
  }

  /** Tells where a partition of the windows topic ends: the offset of the window to come. */
  public void end(int partition, long offset) {
    ends.put(partition, offset);
  }

  /** Whether a window is to be skipped, for so many newer ones wait. Never, where nothing is known of them. */
  public boolean isTooFarBehind(int partition, long offset) {
    return settings.maxLag() > 0
        && ends.getOrDefault(partition, 0L) - 1 - offset > settings.maxLag();
  }
}
