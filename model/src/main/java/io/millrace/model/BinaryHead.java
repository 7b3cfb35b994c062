package io.millrace.model;

/** What the {@code binary} head says of a label: {@code p = 1 / (1 + exp(-y))}, where y is the logit. */
public final class BinaryHead {
  private BinaryHead() {}

  /** That the label is 1. */
  public static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /** -log of the probability that the label, 0 or 1, had: nats, 0 or more. No logit is too large for it. */
  public static double negativeLogLikelihood(double logit, double label) {
    // log(1 + exp(y)) - label y, whose exponential must not overflow
    return Math.max(logit, 0) - label * logit + Math.log1p(Math.exp(-Math.abs(logit)));
  }
}
