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
  REGRESSION
}
