package io.millrace.tests.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What became of one decoder's inputs.
 *
 * @param inputs tried; fewer than asked for where one never came back
 * @param refused of them, by a declared exception
 * @param most bytes allocated for one of them
 */
record FuzzReport(
    String target, long inputs, long refused, long most, double seconds, List<Finding> findings) {

  boolean isClean() {
    return findings.isEmpty();
  }

  String line(long seed) {
    String figures = String.format(
        Locale.ROOT,
        "fuzz: %-20s seed=%d inputs=%d refused=%d mostAllocated=%d seconds=%.1f findings=%d",
        target,
        seed,
        inputs,
        refused,
        most,
        seconds,
        findings.size());
    return figures
        + findings.stream().map(finding -> "\n  " + finding).collect(Collectors.joining());
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"decoder\":\"%s\",\"inputs\":%d,\"refused\":%d,\"seconds\":%.1f,\"mostAllocated\":%d,\"findings\":%d}",
        target,
        inputs,
        refused,
        seconds,
        most,
        findings.size());
  }
}
