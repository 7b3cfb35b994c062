package io.millrace.model.learn;

/**
 * What a batch came to.
 *
 * @param steps those with a known target
 * @param lossSum the sum of their losses: nats; of a regression, half the squared errors
 */
public record BatchLoss(long steps, double lossSum) {

  /** The loss of a step: nats; 0 for a batch that has none. */
  public double mean() {
    return steps == 0 ? 0 : lossSum / steps;
  }
}
