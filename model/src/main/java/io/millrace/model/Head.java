package io.millrace.model;

/** What the network predicts from its hidden state. */
public enum Head {
  /** The next event's features: mean and variance of each, under a Gaussian negative log-likelihood. */
  FORECAST,
  /** The next event's category, one of C: a logit of each, under cross-entropy. */
  CATEGORY,
  /** A label, 0 or 1: its logit, under the logistic loss. */
  BINARY,
  /** A value: itself, under half the squared error. */
  REGRESSION;

  /**
   * Whether it predicts the next event, and so waits for that one before it is fed the newest, by the weights of then. The others
   * predict what is to be said of an event, and are fed that event.
   */
  public boolean isLazy() {
    return this == FORECAST || this == CATEGORY;
  }

  /** Number of the first event in a key's life that can teach: to a forecast, event 0 is nobody's target. */
  public int firstStep() {
    return this == FORECAST ? 1 : 0;
  }
}
