package io.millrace.topology.overload;

/**
 * Whether the learner has to wait for the scorer, on one stream thread. It yields once the scorer has been behind for long enough, and
 * from then on earns its share of the time that passes, of which it may save up a second's worth; what it learns is paid from that,
 * after the fact. It is free again as soon as the scorer has caught up. Times are nanoseconds; one thread.
 */
final class YieldRule {
  private static final double SAVED_AT_MOST_NANOS = 1e9;
  private static final long NEVER = Long.MIN_VALUE;

  private final double share;
  private final long after;
  private long behindSince = NEVER;
  private boolean yields;
  private double credit;
  private long paidAt;
  private long paidFor;

  YieldRule(OverloadSettings settings) {
    this.share = settings.share();
    this.after = settings.after().toNanos();
  }

  /**
   * @param behind whether there are events that the scorer has not begun with
   * @param learned for how long this thread has learned, ever
   */
  void observe(boolean behind, long now, long learned) {
    if (!behind) {
      behindSince = NEVER;
      yields = false;
    } else if (behindSince == NEVER) {
      behindSince = now;
    } else if (!yields && now - behindSince >= after) {
      yields = true;
      credit = 0;
      paidAt = now;
      paidFor = learned;
    }
  }

  /** @param learned for how long this thread has learned, ever */
  boolean mustWait(long now, long learned) {
    if (!yields) {
      return false;
    }
    double earned = Math.min(share * SAVED_AT_MOST_NANOS, credit + share * (now - paidAt));
    credit = earned - (learned - paidFor);
    paidAt = now;
    paidFor = learned;
    return credit < 0;
  }
}
