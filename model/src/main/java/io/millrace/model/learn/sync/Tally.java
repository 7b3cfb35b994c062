package io.millrace.model.learn.sync;

import io.millrace.model.learn.BatchLoss;

/**
 * How much was learned, and how well it went.
 *
 * @param windows windows, those without a single step to learn from included
 * @param steps steps
 * @param lossSum sum of their losses, each as it was before the step was learned: nats
 */
public record Tally(long windows, long steps, double lossSum) {
  public static final Tally NONE = new Tally(0, 0, 0);

  public static Tally of(long windows, BatchLoss loss) {
    return new Tally(windows, loss.steps(), loss.lossSum());
  }

  public Tally plus(Tally other) {
    return new Tally(windows + other.windows, steps + other.steps, lossSum + other.lossSum);
  }
}
