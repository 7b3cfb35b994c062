package io.millrace.model.scoring;

/**
 * Turns an event's deviation into a score against the key's own past, and keeps that past.
 *
 * <p>Two questions, one after the other. How rare is this moment among the key's moments: after the anomaly likelihood of Ahmad
 * et al. (Neurocomputing 2017) the short-run mean of the surprise is held against its long-run moments, here fading ones and
 * with Student's tail. And is it news: its tail probability is divided by that of the rarest recent moment, so that a key which
 * misbehaves for hours is reported as it begins and as it worsens, and a key that is always wild must outdo itself.
 *
 * <pre>
 *   rarity = -log10 P(T > t)        t = (recent - mean) / spread
 *   score  = 1 - 10^-max(0, rarity - peak)
 * </pre>
 */
final class SurpriseHistory {
  /** Squared deviations far below this are all "as forecast"; keeps the log of a flat series finite. */
  private static final double LOG_OFFSET = 0.1;

  /** No key is so steady that a change of this size in the log deviation should count as many standard deviations. */
  private static final double DEVIATION_FLOOR = 0.1;

  private final double recentHorizon;
  private final double horizon;
  private final double peakHorizon;
  private final int warmup;

  SurpriseHistory(ScoringSettings settings) {
    this.recentHorizon = settings.recentHorizon();
    this.horizon = settings.surpriseHorizon();
    this.peakHorizon = settings.peakHorizon();
    this.warmup = settings.warmup();
  }

  /**
   * @param score 0 to 1, 1 is most anomalous
   * @param after the history with this event in it
   */
  record Verdict(double score, SurpriseMoments after) {}

  /** @param deviation root mean square of the event's standardized errors, at least 0 */
  Verdict judge(SurpriseMoments before, double deviation) {
    double value = 0.5 * Math.log(deviation * deviation + LOG_OFFSET);
    double recent = before.recent() + weight(before, recentHorizon) * (value - before.recent());
    double rarity = rarity(before, recent);
    double score = -Math.expm1(-Math.log(10) * Math.max(0, rarity - before.peak()));
    return new Verdict(score, after(before, recent, rarity));
  }

  /** Grows with the history while that is short: a few events cannot vouch for anything rare. */
  private double rarity(SurpriseMoments before, double recent) {
    if (before.count() < 2) {
      return 0;
    }
    double spread = Math.sqrt(before.variance() + DEVIATION_FLOOR * DEVIATION_FLOOR);
    double trust = before.count() < warmup ? (double) before.count() / warmup : 1;
    return -Math.log10(Tail.above((recent - before.mean()) / spread)) * trust;
  }

  private SurpriseMoments after(SurpriseMoments before, double recent, double rarity) {
    double weight = weight(before, horizon);
    double delta = recent - before.mean();
    return new SurpriseMoments(
        before.count() + 1,
        recent,
        before.mean() + weight * delta,
        (1 - weight) * (before.variance() + weight * delta * delta),
        Math.max(rarity, before.peak() * (1 - 1 / peakHorizon)));
  }

  private static double weight(SurpriseMoments before, double horizon) {
    return Math.max(1.0 / (before.count() + 1), 1 / horizon);
  }
}
