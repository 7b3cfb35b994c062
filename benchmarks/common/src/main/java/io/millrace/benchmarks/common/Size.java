package io.millrace.benchmarks.common;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much is computed, as in {@code F16-H64-L1} for one event or {@code B64-T32-F16-H64-L1} for a batch.
 *
 * @param windows B; 1 where it is not named
 * @param steps T; 1 where it is not named
 * @param inputs F
 * @param hidden H
 * @param layers L
 */
public record Size(int windows, int steps, int inputs, int hidden, int layers) {
  private static final Pattern TEXT =
      Pattern.compile("(?:B(\\d+)-T(\\d+)-)?F(\\d+)-H(\\d+)-L(\\d+)");

  /** @throws IllegalArgumentException when it is no size */
  public static Size of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "size rejected: actual=" + text + ". Write it as F16-H64-L1 or B64-T32-F16-H64-L1.");
    }
    return new Size(
        oneWhereAbsent(matcher.group(1)),
        oneWhereAbsent(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)),
        Integer.parseInt(matcher.group(5)));
  }

  private static int oneWhereAbsent(String digits) {
    return digits == null ? 1 : Integer.parseInt(digits);
  }

  /** Y of the forecast head: a mean and a log variance of each input. */
  public int outputs() {
    return 2 * inputs;
  }

  /** Width of what a layer reads: F for the first, H for the others. */
  public int inputsOf(int layer) {
    return layer == 0 ? inputs : hidden;
  }
}
