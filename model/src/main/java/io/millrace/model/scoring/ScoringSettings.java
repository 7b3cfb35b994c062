package io.millrace.model.scoring;

/**
 * How events are judged; one setting for all keys.
 *
 * @param warmup events of a key that are scored under a warning
 * @param normalizeHorizon events over which the usual size of a change fades
 * @param surpriseHorizon events over which the history of surprise and level fades
 * @param recentHorizon events that the short-run surprise and level average
 * @param peakHorizon events over which the rarest moment fades, at least; an old key's fades more slowly
 * @param quietHorizon events over which what was told fades
 * @param rangeHorizon events over which extreme levels are remembered, at least
 * @param late what becomes of an event older than its key's last
 * @param sequenceGap milliseconds of silence after which a sequence begins anew
 */
public record ScoringSettings(
    int warmup,
    double normalizeHorizon,
    double surpriseHorizon,
    double recentHorizon,
    double peakHorizon,
    double quietHorizon,
    long rangeHorizon,
    LateEvents late,
    long sequenceGap) {

  public static final ScoringSettings DEFAULTS =
      new ScoringSettings(100, 2000, 2000, 3, 2000, 200, 4000, LateEvents.SCORE, Long.MAX_VALUE);

  /** What becomes of an event older than its key's last. */
  public enum LateEvents {
    /** Judged and flagged; the key does not remember it. */
    SCORE,
    /** Refused. */
    DEAD_LETTER
  }
}
