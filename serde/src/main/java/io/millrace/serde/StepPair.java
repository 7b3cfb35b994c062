package io.millrace.serde;

/**
 * Two consecutive steps of a window, as the rows of their events: of a lazy head, these are all that the window needs of them.
 *
 * @param number of the first in its key's life
 * @param firstTime of its event: milliseconds since 1970
 * @param secondTime of the other event: milliseconds since 1970
 * @param first [R] row of the first event
 * @param second [R] row of the other
 */
public record StepPair(
    long number, long firstTime, long secondTime, float[] first, float[] second) {}
