package io.millrace.state;

import java.util.OptionalLong;

/**
 * When windows are cut.
 *
 * @param size steps of a full window, at least 1
 * @param idle milliseconds of record time after which a key counts as quiet and its window is cut as it is
 * @param labelWait milliseconds of record time for which a window that is cut waits for labels; empty where none come by themselves
 */
public record WindowSettings(int size, long idle, OptionalLong labelWait) {}
