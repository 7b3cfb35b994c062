package io.millrace.model;

/** What the network predicts from its hidden state. */
public enum Head {
  /** The next event's features: mean and variance of each, under a Gaussian negative log-likelihood. */
  FORECAST
}
