package io.millrace.model.learn.optimizer;

/**
 * The learning rate as a part of its full height.
 *
 * <pre>
 *   warm-up  a / warmup                  for the a-th update on the same moments, up to a = warmup
 *   decay    1                           NONE
 *            1 / sqrt(1 + n / horizon)   INVERSE_SQRT
 *            2^(-n / horizon)            EXPONENTIAL
 *                                         n = updates ever made, less warmup
 * </pre>
 *
 * The warm-up shelters young moments, so it begins again when they are reset; the decay goes by what has been learned in all, so
 * it does not. Learning on an endless stream wants no decay, or one that is never done: hence no schedule with an end.
 *
 * @param warmup updates of the linear warm-up; 0 or 1 starts at full height
 * @param decay the shape after it
 * @param horizon updates over which the decay is felt; the half-life when exponential
 */
public record RateSchedule(long warmup, Decay decay, double horizon) {
  public static final RateSchedule CONSTANT = new RateSchedule(0, Decay.NONE, 1);

  /** The shape of the rate after the warm-up. */
  public enum Decay {
    NONE,
    INVERSE_SQRT,
    EXPONENTIAL
  }

  /** @throws IllegalArgumentException naming the first figure out of its range */
  public RateSchedule {
    if (warmup < 0) {
      throw rejected("warmup", "at least 0", warmup);
    }
    if (!(horizon > 0) || Double.isInfinite(horizon)) {
      throw rejected("horizon", "above 0", horizon);
    }
  }

  private static IllegalArgumentException rejected(String field, String expected, Object actual) {
    return new IllegalArgumentException("rate schedule rejected: field=" + field + ", expected="
        + expected + ", actual=" + actual + ".");
  }

  /**
   * @param age number of this update since the moments were empty, from 1
   * @param updates number of this update in all, from 1
   * @return from above 0 to 1
   */
  double factor(long age, long updates) {
    return warmedUp(age) * decayed(Math.max(0, updates - warmup));
  }

  private double warmedUp(long age) {
    return age < warmup ? (double) age / warmup : 1;
  }

  private double decayed(long after) {
    return switch (decay) {
      case NONE -> 1;
      case INVERSE_SQRT -> 1 / Math.sqrt(1 + after / horizon);
      case EXPONENTIAL -> StrictMath.pow(2, -after / horizon);
    };
  }
}
