package io.millrace.model.learn;

/**
 * A window that is complete: consecutive steps of one key, with what is needed to learn from them without any other record.
 *
 * @param firstStep number of the first step in the key's life
 * @param weightsVersion newest when the window opened
 * @param times [T] of the targets: milliseconds since 1970
 * @param steps [T] the steps themselves
 */
public record CutWindow(long firstStep, long weightsVersion, long[] times, TrainingWindow steps) {}
