package io.millrace.model.learn.optimizer;

/**
 * How parameters follow their gradient. Figures that a kind has no use for are not read.
 *
 * @param kind the update rule
 * @param rate learning rate at full height, per update: not per event and not per step of a sequence
 * @param momentum of SGD: the part of the last move that the next one keeps, from 0 to under 1
 * @param beta1 of Adam and AdamW: decay of the gradient's mean, from 0 to under 1
 * @param beta2 of Adam, AdamW and RMSProp (there known as alpha): decay of the squared gradient's mean, from 0 to under 1
 * @param epsilon of all but SGD: what is added to the root of the squared gradient
 * @param weightDecay pull towards zero: of the parameters directly for AdamW, through the gradient for the others
 * @param clipNorm longest gradient that is followed as it is, as a Euclidean norm over all parameters; {@link #NO_CLIPPING} at most
 * @param schedule how the rate changes with the updates
 */
public record OptimizerSettings(
    Kind kind,
    double rate,
    double momentum,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double clipNorm,
    RateSchedule schedule) {
  /** As long as a gradient may be whose squares a float still holds. */
  public static final double NO_CLIPPING = 1e18;

  /** The update rules. */
  public enum Kind {
    SGD,
    RMSPROP,
    ADAGRAD,
    ADAM,
    ADAMW
  }

  /** @throws IllegalArgumentException naming the first figure out of its range */
  public OptimizerSettings {
    require(rate > 0 && Double.isFinite(rate), "rate", "above 0", rate);
    require(momentum >= 0 && momentum < 1, "momentum", "from 0 to under 1", momentum);
    require(beta1 >= 0 && beta1 < 1, "beta1", "from 0 to under 1", beta1);
    require(beta2 >= 0 && beta2 < 1, "beta2", "from 0 to under 1", beta2);
    require(epsilon > 0 && Double.isFinite(epsilon), "epsilon", "above 0", epsilon);
    require(
        weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", "at least 0", weightDecay);
    require(clipNorm > 0 && clipNorm <= NO_CLIPPING, "clipNorm", "above 0, at most 1e18", clipNorm);
  }

  private static void require(boolean holds, String field, String expected, double actual) {
    if (!holds) {
      throw new IllegalArgumentException("optimizer settings rejected: field=" + field
          + ", expected=" + expected + ", actual=" + actual + ".");
    }
  }

  /** PyTorch's figures for a rule (SGD with a momentum of 0.9), clipped at a norm of 1, at a constant rate. */
  public static OptimizerSettings of(Kind kind, double rate) {
    double beta2 = kind == Kind.RMSPROP ? 0.99 : 0.999;
    double epsilon = kind == Kind.ADAGRAD ? 1e-10 : 1e-8;
    double weightDecay = kind == Kind.ADAMW ? 0.01 : 0;
    return new OptimizerSettings(
        kind, rate, 0.9, 0.9, beta2, epsilon, weightDecay, 1.0, RateSchedule.CONSTANT);
  }

  public OptimizerSettings withMomentum(double other) {
    return new OptimizerSettings(
        kind, rate, other, beta1, beta2, epsilon, weightDecay, clipNorm, schedule);
  }

  public OptimizerSettings withWeightDecay(double other) {
    return new OptimizerSettings(
        kind, rate, momentum, beta1, beta2, epsilon, other, clipNorm, schedule);
  }

  public OptimizerSettings withClipNorm(double other) {
    return new OptimizerSettings(
        kind, rate, momentum, beta1, beta2, epsilon, weightDecay, other, schedule);
  }

  public OptimizerSettings withSchedule(RateSchedule other) {
    return new OptimizerSettings(
        kind, rate, momentum, beta1, beta2, epsilon, weightDecay, clipNorm, other);
  }

  UpdateRule rule() {
    return switch (kind) {
      case SGD -> new Sgd(momentum, weightDecay);
      case RMSPROP -> new RmsProp(beta2, epsilon, weightDecay);
      case ADAGRAD -> new Adagrad(epsilon, weightDecay);
      case ADAM -> new Adam(beta1, beta2, epsilon, weightDecay);
      case ADAMW -> new AdamW(new Adam(beta1, beta2, epsilon, 0), weightDecay);
    };
  }
}
