package io.millrace.state;

/**
 * When windows are cut.
 *
 * @param size steps of a full window, at least 1
 * @param idle milliseconds of record time after which a key counts as quiet and its window is cut as it is
 */
public record WindowSettings(int size, long idle) {}
