package io.millrace.model.scoring;

import io.millrace.model.HiddenState;

/**
 * What one event has to teach: from this state and this row, that is what should have been predicted. Only the
 * {@link Scorer} makes one, after the event was judged.
 *
 * @param number of the event in its key's life, from 0
 * @param time of the event: milliseconds since 1970
 * @param before state before the row was fed
 * @param input [R] the row as the network was fed it: of the event before where the head predicts the event, else of the event itself
 * @param target [G] what the head should have predicted; zeros where that is not known
 * @param known whether it is; a label may come later
 */
public record Step(
    long number, long time, HiddenState before, float[] input, float[] target, boolean known) {

  static Step known(Occasion at, Opinion opinion, float[] target) {
    return new Step(
        at.before().steps(), at.event().time(), opinion.start(), opinion.fed(), target, true);
  }

  static Step unknown(Occasion at, Opinion opinion) {
    return new Step(
        at.before().steps(),
        at.event().time(),
        opinion.start(),
        opinion.fed(),
        new float[1],
        false);
  }
}
