package io.millrace.model.learn;

/** Half the squared error, of normalized values: up to a constant, the nats of a Gaussian of variance 1 around the prediction. */
final class RegressionLoss implements StepLoss {
  @Override
  public double derive(double[] y, float target) {
    double error = y[0] - target;
    // forward: loss = error^2 / 2
    y[0] = error;
    return 0.5 * error * error;
  }
}
