package io.millrace.model.learn.sync;

/**
 * How long changes usually are: fading means, against which an exploding one stands out.
 *
 * @param count changes seen
 * @param norm mean Euclidean norm of their deltas
 * @param steps mean number of their steps
 */
public record TypicalChange(long count, double norm, double steps) {
  public static final TypicalChange UNKNOWN = new TypicalChange(0, 0, 0);

  /** Changes before there is a usual length. */
  private static final int WARMUP = 20;

  /** Changes over which the means fade. */
  private static final double HORIZON = 100;

  /** A change of more steps than usual may be longer in proportion. */
  boolean isExplodedBy(double otherNorm, long otherSteps, double limit) {
    return isKnown() && otherNorm > limit * norm * Math.max(1, otherSteps / steps);
  }

  private boolean isKnown() {
    return count >= WARMUP && norm > 0;
  }

  /** One outlier counts as the longest that may be; many, and the usual length has changed. */
  TypicalChange after(double otherNorm, long otherSteps, double limit) {
    double weight = Math.max(1.0 / (count + 1), 1 / HORIZON);
    double bounded = isKnown() ? Math.min(otherNorm, limit * norm) : otherNorm;
    return new TypicalChange(
        count + 1, norm + weight * (bounded - norm), steps + weight * (otherSteps - steps));
  }
}
