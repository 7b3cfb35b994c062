package io.millrace.model.scoring;

import io.millrace.model.HiddenState;

/**
 * What one event has to teach: from this state and this input, that is what should have been forecast. Only the
 * {@link Scorer} makes one, after the event was judged.
 *
 * @param number of the event that is the target, in its key's life; a key's first event, 0, is nobody's target
 * @param time of that event: milliseconds since 1970
 * @param before state before the input was fed
 * @param input [R] the event before it, as the network was fed it: its row
 * @param target [F] the event itself, in the units of the forecast, bounded like the inputs
 */
public record Step(long number, long time, HiddenState before, float[] input, float[] target) {}
