package io.millrace.model.scoring;

/**
 * The history a key's surprise is held against.
 *
 * <p>Moments of the log deviation {@code ln(d^2 + 0.1) / 2}, d being the root mean square of the event's standardized errors: its
 * distribution is near enough symmetric for two moments to describe it, where the surprise itself has a long tail.
 *
 * @param count events judged so far
 * @param recent short-run mean
 * @param mean long-run mean of the short-run mean
 * @param variance long-run variance of the short-run mean
 * @param peak rarity of the rarest moment, fading: minus the decimal logarithm of its tail probability
 * @param outdone by how much the moments of late were rarer than the peak, all together: in such logarithms
 * @param told what the latest alarms have reported, fading: such a logarithm
 */
public record SurpriseMoments(
    long count,
    double recent,
    double mean,
    double variance,
    double peak,
    double outdone,
    double told) {
  public static final SurpriseMoments INITIAL = new SurpriseMoments(0, 0, 0, 0, 0, 0, 0);
}
