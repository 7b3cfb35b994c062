package io.millrace.model.learn;

import io.millrace.model.ModelSpec;

/**
 * The loss of one step under a head that is its linear map and no more, and its gradient. Keeps nothing between calls, and allocates
 * nothing.
 */
public interface StepLoss {

  /**
   * Forward, then back.
   *
   * @param y [Y] the head's outputs; written: the loss's derivatives by them
   * @param target what came, as {@link TrainingWindow#targets} says
   * @return the loss
   */
  double derive(double[] y, float target);

  /** @throws IllegalArgumentException for the forecast head: its loss is {@link ForecastLoss} */
  static StepLoss of(ModelSpec spec) {
    return switch (spec.head()) {
      case CATEGORY -> new CategoryLoss();
      case BINARY -> new BinaryLoss();
      case REGRESSION -> new RegressionLoss();
      case FORECAST ->
        throw new IllegalArgumentException(
            "loss rejected: signature=" + spec.signature() + ". Its target has many values.");
    };
  }
}
