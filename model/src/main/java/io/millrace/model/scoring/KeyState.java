package io.millrace.model.scoring;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;

/**
 * All that is remembered of one key. Never changed: an event makes the next one.
 *
 * <p>The newest event has not been fed to the network yet: it will be when the next one asks for a forecast, by the weights of
 * that moment, and until then {@code hidden} is where a window that begins with it has to start.
 *
 * @param steps events remembered so far
 * @param lastTime time of the newest of them: milliseconds since 1970
 * @param lastSeen record time of the newest of them: milliseconds since 1970; expiry goes by it
 * @param windowStart number of the first step in the key's open window, {@link #NO_WINDOW} when none is open,
 *     {@link #ENDED} when none is because the newest event ended its sequence
 * @param hidden recurrent state before the newest of them was fed
 * @param usual how much the features change, after them
 * @param last [F] the newest event: raw units
 * @param input [R] the row that the network will be fed of it: its change first, in units of the usual one, bounded
 * @param extremes of its levels, with it
 * @param levels moments of its levels, with it
 * @param surprise moments of the key's surprise, after them
 */
public record KeyState(
    long steps,
    long lastTime,
    long lastSeen,
    long windowStart,
    HiddenState hidden,
    UsualChange usual,
    double[] last,
    float[] input,
    Extremes extremes,
    LevelMoments levels,
    SurpriseMoments surprise) {
  public static final long NO_WINDOW = -1;
  public static final long ENDED = -2;

  /** A key that has never been seen. */
  public static KeyState fresh(ModelSpec spec) {
    return new KeyState(
        0,
        Long.MIN_VALUE,
        Long.MIN_VALUE,
        NO_WINDOW,
        HiddenState.initial(spec),
        UsualChange.initial(spec.features()),
        new double[spec.features()],
        spec.emptyRow(),
        Extremes.initial(spec.features()),
        LevelMoments.initial(spec.features()),
        SurpriseMoments.INITIAL);
  }

  public KeyState withWindowStart(long start) {
    return new KeyState(
        steps, lastTime, lastSeen, start, hidden, usual, last, input, extremes, levels, surprise);
  }

  public boolean hasOpenWindow() {
    return windowStart >= 0;
  }

  /** The next event begins a sequence. */
  public boolean hasEnded() {
    return windowStart == ENDED;
  }

  public boolean isFresh() {
    return steps == 0;
  }
}
