package io.millrace.model.scoring;

/**
 * Turns an event's deviation from its forecast into a score against the key's own past, and keeps that past.
 *
 * <p>Three questions, one after the other. How rare is this moment among the key's moments: after the anomaly likelihood of Ahmad
 * et al. (Neurocomputing 2017) the short-run mean of the surprise is held against its long-run moments, here fading ones and
 * with Student's tail. Does it outdo the key: its tail probability is divided by that of the rarest moment remembered, so that a
 * key that is always wild must outdo itself; what {@link LevelHistory} says of the level counts beside it. And is it news: the same
 * again by the alarms of late, so that one misbehaviour is reported as it begins and as it worsens.
 *
 * <pre>
 *   rarity = -log10 P(T > t)                          t = (recent - mean) / spread
 *   wonder = max(outdone, that of the level)          outdone = leaking sum of max(0, rarity - peak)
 *   score  = 1 - 2^-(max(0, wonder - told) / 0.2)     told = the wonder that last scored 1/2 or more
 * </pre>
 */
final class SurpriseHistory {
  /** Squared deviations far below this are all "as forecast"; keeps the log of a flat series finite. */
  private static final double LOG_OFFSET = 0.1;

  /** No key is so steady that a change of this size in the log deviation should count as many standard deviations. */
  private static final double DEVIATION_FLOOR = 0.3;

  /** The wonder that is worth an alarm: it scores 1/2. Chosen on labelled series. */
  private static final double ALARM = 0.2;

  private final Fading fading;
  private final double quietHorizon;

  SurpriseHistory(ScoringSettings settings) {
    this.fading = Fading.of(settings);
    this.quietHorizon = settings.quietHorizon();
  }

  /**
   * @param score 0 to 1, 1 is most anomalous
   * @param after the history with this event in it
   */
  record Verdict(double score, SurpriseMoments after) {}

  /**
   * @param deviation root mean square of the event's standardized errors, at least 0
   * @param levelWonder what the event's level alone is worth
   */
  Verdict judge(SurpriseMoments before, double deviation, double levelWonder) {
    double value = 0.5 * Math.log(deviation * deviation + LOG_OFFSET);
    double recent = before.recent() + fading.shortRun(before.count()) * (value - before.recent());
    double rarity = fading.trust(before.count()) * rarity(before, recent);
    double outdone = fading.outdone(before.outdone(), before.peak(), rarity);
    double wonder = Math.max(outdone, levelWonder);
    double news = Math.max(0, wonder - before.told());
    double score = -Math.expm1(-Math.log(2) * news / ALARM);
    double told = news >= ALARM ? wonder : Fading.faded(before.told(), quietHorizon);
    return new Verdict(score, after(before, recent, rarity, outdone, told));
  }

  private static double rarity(SurpriseMoments before, double recent) {
    if (before.count() < 2) {
      return 0;
    }
    double spread = Math.sqrt(before.variance() + DEVIATION_FLOOR * DEVIATION_FLOOR);
    return -Math.log10(Tail.above((recent - before.mean()) / spread));
  }

  private SurpriseMoments after(
      SurpriseMoments before, double recent, double rarity, double outdone, double told) {
    double weight = fading.longRun(before.count());
    double delta = recent - before.mean();
    return new SurpriseMoments(
        before.count() + 1,
        recent,
        before.mean() + weight * delta,
        (1 - weight) * (before.variance() + weight * delta * delta),
        fading.peak(before.count(), before.peak(), rarity),
        outdone,
        told);
  }
}
