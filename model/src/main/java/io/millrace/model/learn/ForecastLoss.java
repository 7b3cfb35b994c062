package io.millrace.model.learn;

import io.millrace.model.ForecastHead;

/**
 * The loss of one feature's forecast under {@link ForecastHead}, and its gradient: Gaussian negative log-likelihood.
 *
 * @param loss nats
 * @param dMean derivative by the mean
 * @param dLogVariance derivative by the log variance before it was clamped
 */
public record ForecastLoss(double loss, double dMean, double dLogVariance) {

  /**
   * @param target what came
   * @param mean what was expected
   * @param raw the log variance before clamping
   */
  public static ForecastLoss of(double target, double mean, double raw) {
    double bound = ForecastHead.LOG_VARIANCE_BOUND;
    double logVariance = Math.max(-bound, Math.min(bound, raw));
    double precision = Math.exp(-logVariance);
    double error = target - mean;

    // forward: loss = (error^2 precision + logVariance + log 2 pi) / 2
    double squared = error * error * precision;
    double loss = 0.5 * (squared + logVariance) + ForecastHead.HALF_LOG_TWO_PI;
    // forward: error = target - mean
    double dMean = -error * precision;
    // forward: precision = exp(-logVariance); logVariance = clamp(raw)
    double dLogVariance = Math.abs(raw) <= bound ? 0.5 * (1 - squared) : 0;
    return new ForecastLoss(loss, dMean, dLogVariance);
  }
}
