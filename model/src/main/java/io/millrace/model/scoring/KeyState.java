package io.millrace.model.scoring;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;

/**
 * All that is remembered of one key. Never changed: an event makes the next one.
 *
 * <p>A head that predicts the next event is lazy: the newest event has not been fed to the network yet. It will be when the next one
 * asks for its prediction, by the weights of that moment, and until then {@code hidden} is where a window that begins with it has to
 * start. A head that predicts the event's label has been fed it.
 *
 * @param steps events remembered so far
 * @param lastTime time of the newest of them: milliseconds since 1970
 * @param lastSeen record time of the newest of them: milliseconds since 1970; expiry goes by it
 * @param windowStart number of the first step in the key's open window, {@link #NO_WINDOW} when none is open,
 *     {@link #ENDED} when none is because the newest event ended its sequence
 * @param hidden recurrent state: of a lazy head before the newest of them was fed, of an eager one after
 * @param input [R] the row of the newest of them, which the network will be fed; no columns where it has been
 * @param features the numeric ones, with the newest
 * @param surprise moments of the key's surprise, after them
 * @param labels those known so far
 * @param kept what of the open window is in no row of its own yet; its bytes are for whoever keeps windows, and mean nothing here
 */
public record KeyState(
    long steps,
    long lastTime,
    long lastSeen,
    long windowStart,
    HiddenState hidden,
    float[] input,
    FeatureMemory features,
    SurpriseMoments surprise,
    LabelMemory labels,
    byte[] kept) {
  public static final long NO_WINDOW = -1;
  public static final long ENDED = -2;

  /** As it is outside of windows, and inside while all of them is in its rows. */
  public static final byte[] NOTHING_KEPT = new byte[0];

  private static final float[] NO_ROW = new float[0];

  /** A key that has never been seen. */
  public static KeyState fresh(ModelSpec spec) {
    return new KeyState(
        0,
        Long.MIN_VALUE,
        Long.MIN_VALUE,
        NO_WINDOW,
        HiddenState.initial(spec),
        spec.head().isLazy() ? spec.emptyRow() : NO_ROW,
        FeatureMemory.initial(spec),
        SurpriseMoments.INITIAL,
        LabelMemory.initial(spec),
        NOTHING_KEPT);
  }

  /** Of another window: nothing is kept of it yet. */
  public KeyState withWindowStart(long start) {
    return new KeyState(
        steps, lastTime, lastSeen, start, hidden, input, features, surprise, labels, NOTHING_KEPT);
  }

  public KeyState withLabels(LabelMemory newer) {
    return new KeyState(
        steps, lastTime, lastSeen, windowStart, hidden, input, features, surprise, newer, kept);
  }

  public KeyState withKept(byte[] bytes) {
    return new KeyState(
        steps, lastTime, lastSeen, windowStart, hidden, input, features, surprise, labels, bytes);
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
