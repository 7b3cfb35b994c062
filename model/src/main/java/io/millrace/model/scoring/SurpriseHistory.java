package io.millrace.model.scoring;

/**
 * Turns an event's deviation into a score against the key's own past, and keeps that past.
 *
 * <p>Three questions, one after the other. How rare is this moment among the key's moments: after the anomaly likelihood of Ahmad
 * et al. (Neurocomputing 2017) the short-run mean of the surprise is held against its long-run moments, here fading ones and
 * with Student's tail. Does it outdo the key: its tail probability is divided by that of the rarest moment remembered, so that a
 * key that is always wild must outdo itself. A level never shown before counts beside it, however gently it was reached: if events
 * could be exchanged, the newest of n would be the extreme one with probability 1/n (Vovk et al., Algorithmic Learning in a Random
 * World); they depend on each other, so the root of the root of that is taken. And is it news: the same again by what was told
 * lately, so that one misbehaviour is reported as it begins and as it worsens.
 *
 * <pre>
 *   rarity = -log10 P(T > t)                     t = (recent - mean) / spread
 *   wonder = max(rarity - peak, log10(n) / 4)    the latter for an extreme only
 *   score  = 1 - 2^-(max(0, wonder - told) / 0.08)
 * </pre>
 */
final class SurpriseHistory {
  /** Squared deviations far below this are all "as forecast"; keeps the log of a flat series finite. */
  private static final double LOG_OFFSET = 0.1;

  /** No key is so steady that a change of this size in the log deviation should count as many standard deviations. */
  private static final double DEVIATION_FLOOR = 0.3;

  /** The part of the logarithm that an extreme among dependent events deserves. */
  private static final double EXTREME_EXPONENT = 0.25;

  /** The peak fades over half of the key's age, between its horizon and so many times that. */
  private static final double LONGEST_PEAK = 10;

  /** The wonder that is worth an alarm: it scores 1/2. Chosen on labelled series, where anything from 0.05 to 0.12 does as well. */
  private static final double ALARM = 0.08;

  private final double recentHorizon;
  private final double horizon;
  private final double peakHorizon;
  private final double quietHorizon;
  private final long rangeHorizon;
  private final int warmup;

  SurpriseHistory(ScoringSettings settings) {
    this.recentHorizon = settings.recentHorizon();
    this.horizon = settings.surpriseHorizon();
    this.peakHorizon = settings.peakHorizon();
    this.quietHorizon = settings.quietHorizon();
    this.rangeHorizon = settings.rangeHorizon();
    this.warmup = settings.warmup();
  }

  /**
   * @param score 0 to 1, 1 is most anomalous
   * @param after the history with this event in it
   */
  record Verdict(double score, SurpriseMoments after) {}

  /**
   * @param deviation root mean square of the event's standardized errors, at least 0
   * @param extreme whether the event's level lies beyond all that the key remembers
   */
  Verdict judge(SurpriseMoments before, double deviation, boolean extreme) {
    double value = 0.5 * Math.log(deviation * deviation + LOG_OFFSET);
    double recent = before.recent() + weight(before, recentHorizon) * (value - before.recent());
    double rarity = trust(before) * rarity(before, recent);
    double novelty = extreme ? trust(before) * novelty(before) : 0;
    double wonder = Math.max(rarity - before.peak(), novelty);
    double news = Math.max(0, wonder - before.told());
    double score = -Math.expm1(-Math.log(2) * news / ALARM);
    return new Verdict(score, after(before, recent, rarity, wonder));
  }

  /** Grows with the history while that is short: a few events cannot vouch for anything rare. */
  private double trust(SurpriseMoments before) {
    return before.count() < warmup ? (double) before.count() / warmup : 1;
  }

  private static double rarity(SurpriseMoments before, double recent) {
    if (before.count() < 2) {
      return 0;
    }
    double spread = Math.sqrt(before.variance() + DEVIATION_FLOOR * DEVIATION_FLOOR);
    return -Math.log10(Tail.above((recent - before.mean()) / spread));
  }

  private double novelty(SurpriseMoments before) {
    return EXTREME_EXPONENT * Math.log10(1 + Math.min(before.count(), rangeHorizon));
  }

  private SurpriseMoments after(
      SurpriseMoments before, double recent, double rarity, double wonder) {
    double weight = weight(before, horizon);
    double delta = recent - before.mean();
    return new SurpriseMoments(
        before.count() + 1,
        recent,
        before.mean() + weight * delta,
        (1 - weight) * (before.variance() + weight * delta * delta),
        Math.max(rarity, faded(before.peak(), peakHorizon(before))),
        Math.max(wonder, faded(before.told(), quietHorizon)));
  }

  private double peakHorizon(SurpriseMoments before) {
    double half = before.count() / 2.0;
    return Math.max(peakHorizon, Math.min(LONGEST_PEAK * peakHorizon, half));
  }

  private static double faded(double value, double horizon) {
    return value * (1 - 1 / horizon);
  }

  private static double weight(SurpriseMoments before, double horizon) {
    return Math.max(1.0 / (before.count() + 1), 1 / horizon);
  }
}
