package io.millrace.model;

/**
 * The {@code forecast} head: mean and variance of each feature of the next event, in the key's normalized space.
 *
 * <pre>
 *   y = head.weight h + head.bias          y:[2F]
 *   mean[f]   = head.skip[f] last[f] + y[f]
 *   logVar[f] = clamp(y[F + f], +-10)
 * </pre>
 *
 * What is forecast is a change, so the untrained head, whose y is nearly 0, says that nothing changes: the forecast to improve on.
 * The skip is momentum, the part of its last change that a feature keeps, which no network should have to learn the long way.
 */
public final class ForecastHead {
  /** Log variances beyond it, either way, are taken for it. */
  public static final float LOG_VARIANCE_BOUND = 10;

  public static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final int features;
  private final float[] skip;

  public ForecastHead(Parameters parameters) {
    this.features = parameters.spec().features();
    this.skip = parameters.copyOf(parameters.layout().headSkip());
  }

  /**
   * @param last [F] the last change, normalized
   * @param y [2F] the head's linear map of the hidden state
   * @param mean written: [F]
   * @param logVariance written: [F]
   */
  public void predict(float[] last, float[] y, float[] mean, float[] logVariance) {
    for (int f = 0; f < features; f++) {
      mean[f] = skip[f] * last[f] + y[f];
      logVariance[f] = Math.max(-LOG_VARIANCE_BOUND, Math.min(LOG_VARIANCE_BOUND, y[features + f]));
    }
  }

  /** How many standard deviations a value lies from its forecast. */
  public static double standardized(double x, float mean, float logVariance) {
    return (x - mean) * Math.exp(-0.5 * logVariance);
  }

  /** Gaussian negative log-likelihood of one feature: nats. */
  public static double negativeLogLikelihood(double standardized, float logVariance) {
    return 0.5 * (standardized * standardized + logVariance) + HALF_LOG_TWO_PI;
  }
}
