package io.millrace.model.learn.sync;

/**
 * When the weights are held to have gone bad.
 *
 * @param threshold how far the recent loss may lie above its usual level: nats a step
 * @param patience steps that it must lie there; the recent loss is a mean over as many
 * @param horizon steps over which the usual level follows the loss, far more than {@code patience}
 */
public record RollbackSettings(double threshold, long patience, long horizon) {
  public static final RollbackSettings DEFAULTS = new RollbackSettings(1, 10_000, 200_000);

  /** @throws IllegalArgumentException naming the first figure out of its range */
  public RollbackSettings {
    if (!(threshold > 0)) {
      throw rejected("threshold", "above 0", threshold);
    }
    if (patience < 1) {
      throw rejected("patience", "at least 1", patience);
    }
    if (horizon <= patience) {
      throw rejected("horizon", "above " + patience, horizon);
    }
  }

  private static IllegalArgumentException rejected(String field, String expected, Object actual) {
    return new IllegalArgumentException("rollback settings rejected: field=" + field + ", expected="
        + expected + ", actual=" + actual + ".");
  }
}
