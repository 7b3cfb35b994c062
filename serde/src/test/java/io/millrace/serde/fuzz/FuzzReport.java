package io.millrace.serde.fuzz;

import java.util.List;
import java.util.Locale;

/**
 * What became of one decoder's inputs.
 *
 * @param inputs tried; fewer than asked for where one never came back
 * @param refused of them, by a declared exception
 * @param most bytes allocated for one of them
 */
record FuzzReport(
    String target,
    long seed,
    long inputs,
    long refused,
    long most,
    double seconds,
    List<Finding> findings) {

  String line() {
    return String.format(
        Locale.ROOT,
        "fuzz %-18s inputs=%d refused=%d mostAllocated=%d seconds=%.1f findings=%d seed=%d",
        target,
        inputs,
        refused,
        most,
        seconds,
        findings.size(),
        seed);
  }
}
