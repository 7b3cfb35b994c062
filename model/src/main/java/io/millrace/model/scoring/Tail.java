package io.millrace.model.scoring;

/**
 * Tail of Student's t distribution with {@value #DEGREES} degrees of freedom, in closed form.
 *
 * <p>A heavy tail: a key's own history of some thousand events cannot vouch for a probability of 1e-12, and a score that
 * rounds to 1 ranks nothing.
 */
final class Tail {
  static final int DEGREES = 4;

  /** From here on the difference from 1 loses more digits than the series leaves out. */
  private static final double SERIES_FROM = 50;

  private Tail() {}

  /** P(T > t), from 0 to 1. */
  static double above(double t) {
    double lower = 0.5 + s(t);
    return t > SERIES_FROM ? series(t) : 1 - lower;
  }

  /** Abramowitz and Stegun 26.7.4, for four degrees of freedom, halved. */
  private static double s(double t) {
    double sine = t / Math.sqrt(DEGREES + t * t);
    double cosine2 = DEGREES / (DEGREES + t * t);
    return 0.5 * sine * (1 + cosine2 / 2);
  }

  /**
   * The same without the loss of digits near 1: with u = 4/(4+t^2), the tail is
   * (1 - sqrt(1-u)(1 + u/2))/2 = u^2 (3/16 + u/16 + ...).
   */
  private static double series(double t) {
    double u = DEGREES / (DEGREES + t * t);
    return u * u * (3.0 / 16 + u * (1.0 / 16 + u * (9.0 / 256)));
  }
}
