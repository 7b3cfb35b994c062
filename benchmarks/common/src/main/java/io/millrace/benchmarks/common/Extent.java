package io.millrace.benchmarks.common;

import java.nio.file.Path;
import java.util.List;

/**
 * How much of a benchmark is run. A full run's results belong beside the page that tells of them; those of any other go to the logs,
 * unless they are to be kept, and say what they are of.
 *
 * @param quick a few sizes, briefly
 * @param narrowed the flags, with their values, that leave something out or change it
 * @param keep whether results are kept whatever they are of
 */
public record Extent(boolean quick, List<String> narrowed, boolean keep) {
  private boolean isFull() {
    return !quick && narrowed.isEmpty();
  }

  /**
   * Where the results belong.
   *
   * @param kept for those that are kept
   * @param logs for all others
   */
  public Path directory(Path kept, Path logs) {
    return isFull() || keep ? kept : logs;
  }

  /** What the figures are of: the machine and, where it was no full run, what else it was. */
  public String describe(String machine) {
    if (isFull()) {
      return machine;
    }
    String run = machine + (quick ? ", quick run" : ", run");
    return narrowed.isEmpty() ? run : run + " with `" + String.join(" ", narrowed) + "`";
  }
}
