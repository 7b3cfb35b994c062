package io.millrace.model.learn;

/**
 * Windows that one worker has passed over, ever, because too many newer ones waited.
 *
 * @param steps with a target in them
 */
public record SkippedWindows(long windows, long steps) {
  public static final SkippedWindows NONE = new SkippedWindows(0, 0);

  public SkippedWindows plus(CutWindow window) {
    return new SkippedWindows(windows + 1, steps + window.steps().knownSteps());
  }
}
