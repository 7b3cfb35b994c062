package io.millrace.tests.faults.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What an application's log says of the key states that it restored. */
final class RestoreRates {
  private static final Pattern RESTORED =
      Pattern.compile("restored: store=key-states, .*rows=(\\d+), .*rows a second=(\\d+)");

  private static final long WORTH_TIMING = 10_000;

  private RestoreRates() {}

  /** Rows a second, one figure a partition and restoration. */
  static List<Double> of(Path log) {
    try {
      return RESTORED
          .matcher(Files.readString(log))
          .results()
          .filter(line -> Long.parseLong(line.group(1)) >= WORTH_TIMING)
          .map((MatchResult line) -> Double.parseDouble(line.group(2)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
