package io.millrace.model.learn.optimizer;

/**
 * Stands before an optimizer: makes a batch's mean gradient of the sum, shortens what is too long and refuses what is not finite.
 * Clipping by global norm: Pascanu, Mikolov and Bengio, ICML 2013, algorithm 1.
 *
 * @param clipNorm longest mean gradient that passes unchanged
 */
public record GradientGuard(double clipNorm) {
  /** Part of the longest norm up to which an estimate will do. */
  private static final double SURELY_SHORT = 0.99;

  /** What became of a gradient. */
  public enum Admission {
    /** Passed as the mean. */
    WHOLE,
    /** Passed, shortened to the longest that may pass. */
    CLIPPED,
    /** Not finite, and left as it was: must not be followed. */
    DROPPED
  }

  /**
   * @param gradient [N] sum over the steps of a batch; the admitted mean afterwards
   * @param steps of the batch, at least 1
   */
  public Admission admit(float[] gradient, long steps) {
    double estimate = Norm.estimate(gradient) / steps;
    if (!Double.isFinite(estimate)) {
      return Admission.DROPPED;
    }
    double norm = estimate < SURELY_SHORT * clipNorm ? estimate : Norm.of(gradient) / steps;
    boolean clipped = norm > clipNorm;
    scale(gradient, (float) ((clipped ? clipNorm / norm : 1) / steps));
    return clipped ? Admission.CLIPPED : Admission.WHOLE;
  }

  private static void scale(float[] gradient, float factor) {
    for (int n = 0; n < gradient.length; n++) {
      gradient[n] *= factor;
    }
  }
}
