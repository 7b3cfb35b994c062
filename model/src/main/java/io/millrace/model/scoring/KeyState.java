package io.millrace.model.scoring;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;

/**
 * All that is remembered of one key. Never changed: an event makes the next one.
 *
 * @param steps events remembered so far
 * @param lastTime time of the newest of them: milliseconds since 1970
 * @param lastSeen record time of the newest of them: milliseconds since 1970; expiry goes by it
 * @param hidden recurrent state after them
 * @param moments of the features, after them
 * @param last [F] the newest event, normalized by {@code moments}
 * @param surprise moments of the key's surprise, after them
 */
public record KeyState(
    long steps,
    long lastTime,
    long lastSeen,
    HiddenState hidden,
    FeatureMoments moments,
    float[] last,
    SurpriseMoments surprise) {

  /** A key that has never been seen. */
  public static KeyState fresh(ModelSpec spec) {
    return new KeyState(
        0,
        Long.MIN_VALUE,
        Long.MIN_VALUE,
        HiddenState.initial(spec),
        FeatureMoments.initial(spec.inputs()),
        new float[spec.inputs()],
        SurpriseMoments.INITIAL);
  }

  public boolean isFresh() {
    return steps == 0;
  }
}
