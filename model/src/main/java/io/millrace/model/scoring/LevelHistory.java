package io.millrace.model.scoring;

/**
 * Holds an event's level against the levels that its key has shown. What drifts slowly, or settles elsewhere, is well forecast step
 * by step, and yet the key is no longer where it was.
 *
 * <p>Two signs, the stronger of which counts. A shift: the short-run mean is rare among the key's short-run means, by Student's
 * tail, and rarer than the rarest of late. An extreme: no level remembered is as low, or as high. If events could be exchanged,
 * the newest of n would be that with probability 1/n (Vovk et al., Algorithmic Learning in a Random World); they depend on
 * each other, so only the fourth root of that is taken.
 *
 * <pre>
 *   rarity = -log10 2 F P(T > |t|)             t = (recent - mean) / spread, of the feature where it is largest
 *   wonder = max(outdone, log10(n/F) / 4)      outdone = leaking sum of max(0, rarity - peak)
 * </pre>
 *
 * Costs O(F) and one tail.
 */
final class LevelHistory {
  /** A spread below this part of the level is rounding, not signal. */
  private static final double RELATIVE_FLOOR = 1e-6;

  private static final double ABSOLUTE_FLOOR = 1e-12;

  /** A level further off counts as this many spreads, or one wild reading would hide all shifts for a horizon. */
  private static final double REACH = 10;

  /** So many levels must be known before one can be far off. */
  private static final long FEWEST = 3;

  /** The part of the logarithm that an extreme among dependent events deserves. */
  private static final double EXTREME_EXPONENT = 0.25;

  /** Events in the short run: longer than that of the deviation, for one event does not make a level. */
  private static final double SHORT_RUN = 8;

  private final Fading fading;
  private final long rangeHorizon;

  LevelHistory(ScoringSettings settings) {
    this.fading = Fading.of(settings).withRecentHorizon(SHORT_RUN);
    this.rangeHorizon = settings.rangeHorizon();
  }

  /**
   * @param wonder decimal orders of magnitude by which the level is out of the ordinary, at least 0
   * @param after the history with this level in it
   */
  record Verdict(double wonder, LevelMoments after) {}

  /**
   * @param count levels in the history
   * @param x [F] raw units
   */
  Verdict judge(LevelMoments before, Extremes extremes, long count, double[] x) {
    double[] recent = new double[x.length];
    double[] mean = new double[x.length];
    double[] variance = new double[x.length];
    double furthest = 0;
    for (int f = 0; f < x.length; f++) {
      double spread = spread(before, f);
      double level = count < FEWEST ? x[f] : near(before.mean()[f], REACH * spread, x[f]);
      recent[f] = before.recent()[f] + fading.shortRun(count) * (level - before.recent()[f]);
      double delta = recent[f] - before.mean()[f];
      furthest = Math.max(furthest, Math.abs(delta) / spread);
      double weight = fading.longRun(count);
      mean[f] = before.mean()[f] + weight * delta;
      variance[f] = (1 - weight) * (before.variance()[f] + weight * delta * delta);
    }
    double rarity = count < FEWEST ? 0 : fading.trust(count) * rarity(furthest, x.length);
    double outdone = fading.outdone(before.outdone(), before.peak(), rarity);
    double wonder = Math.max(outdone, extremes.exceededBy(x) ? novelty(count, x.length) : 0);
    double peak = fading.peak(count, before.peak(), rarity);
    return new Verdict(wonder, new LevelMoments(recent, mean, variance, peak, outdone));
  }

  private static double spread(LevelMoments moments, int f) {
    double floor = RELATIVE_FLOOR * Math.abs(moments.mean()[f]) + ABSOLUTE_FLOOR;
    return Math.sqrt(moments.variance()[f] + floor * floor);
  }

  private static double near(double mean, double reach, double x) {
    return Math.max(mean - reach, Math.min(mean + reach, x));
  }

  /** The furthest of F features is as far off by chance F times as often as one (Bonferroni). */
  private static double rarity(double furthest, int features) {
    return Math.max(0, -Math.log10(2 * features * Tail.above(furthest)));
  }

  private double novelty(long count, int features) {
    double levels = (double) Math.min(count, rangeHorizon) / features;
    return fading.trust(count) * EXTREME_EXPONENT * Math.log10(1 + levels);
  }
}
