package io.millrace.model.learn.sync;

/**
 * How changes become weights.
 *
 * @param maxStaleness versions that the base of a change may lie behind the weights it is merged into
 * @param outerRate part of the mean change that the weights follow; 1 is the plain average
 * @param outerMomentum Nesterov momentum of the outer step, from 0 to under 1; 0 is none. DiLoCo has 0.9 at a rate of 0.7
 * @param presence rounds that a worker may miss before nobody waits for it any more
 * @param explosionLimit how many times the usual length a change may have
 */
public record MergeSettings(
    long maxStaleness,
    double outerRate,
    double outerMomentum,
    long presence,
    double explosionLimit) {
  public static final MergeSettings DEFAULTS = new MergeSettings(16, 1, 0, 8, 20);

  /** @throws IllegalArgumentException naming the first figure out of its range */
  public MergeSettings {
    require(maxStaleness >= 0, "maxStaleness", "at least 0", maxStaleness);
    require(outerRate > 0 && Double.isFinite(outerRate), "outerRate", "above 0", outerRate);
    require(
        outerMomentum >= 0 && outerMomentum < 1,
        "outerMomentum",
        "from 0 to under 1",
        outerMomentum);
    require(presence >= 1, "presence", "at least 1", presence);
    require(explosionLimit > 1, "explosionLimit", "above 1", explosionLimit);
  }

  private static void require(boolean holds, String field, String expected, Object actual) {
    if (!holds) {
      throw new IllegalArgumentException("merge settings rejected: field=" + field + ", expected="
          + expected + ", actual=" + actual + ".");
    }
  }
}
