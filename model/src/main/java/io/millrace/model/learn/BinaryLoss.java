package io.millrace.model.learn;

import io.millrace.model.BinaryHead;

/** The logistic loss of {@link BinaryHead}: nats. */
final class BinaryLoss implements StepLoss {
  @Override
  public double derive(double[] y, float target) {
    double loss = BinaryHead.negativeLogLikelihood(y[0], target);
    // forward: loss = log(1 + exp(y)) - target y
    y[0] = BinaryHead.probability(y[0]) - target;
    return loss;
  }
}
