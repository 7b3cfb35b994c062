package io.millrace.model.scoring;

import io.millrace.model.Head;
import io.millrace.model.ModelSpec;

/**
 * What is remembered of a key's numeric features. The forecast judges levels by {@code extremes} and {@code levels}; the networks of
 * the other heads are shown levels, by {@code level}. What a head has no use for has no features.
 *
 * @param last [D] the newest event: raw units
 * @param usual how much the features change
 * @param level where they usually lie
 * @param levels moments of their levels
 * @param extremes of their levels
 */
public record FeatureMemory(
    double[] last, UsualChange usual, UsualLevel level, LevelMoments levels, Extremes extremes) {

  static FeatureMemory initial(ModelSpec spec) {
    int judged = spec.head() == Head.FORECAST ? spec.features() : 0;
    return new FeatureMemory(
        new double[spec.features()],
        UsualChange.initial(spec.features()),
        UsualLevel.initial(spec.features() - judged),
        LevelMoments.initial(judged),
        Extremes.initial(judged));
  }

  /**
   * With one more event.
   *
   * @param steps events before this one
   * @param x [D] raw units
   * @param judged the levels' moments with it
   */
  FeatureMemory after(long steps, double[] x, LevelMoments judged, ScoringSettings settings) {
    return new FeatureMemory(
        x.clone(),
        usual.after(steps, last, x, settings.normalizeHorizon()),
        level.after(steps, x, settings.normalizeHorizon()),
        judged,
        extremes.after(steps, x, settings.rangeHorizon()));
  }
}
