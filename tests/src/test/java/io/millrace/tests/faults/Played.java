package io.millrace.tests.faults;

import java.util.List;

/**
 * A round that was played: one line of the progress file.
 *
 * @param round its number
 * @param kind of fault
 * @param world in which it happened
 * @param events of the burst
 * @param kills by kill -9
 * @param failures how often an application ended by itself and was started again
 * @param lost as {@link io.millrace.tests.faults.audit.Verdict}, and so the next three
 * @param seconds that it took, the audit included
 * @param findings in words
 */
public record Played(
    int round,
    String kind,
    String world,
    int events,
    int kills,
    int failures,
    long lost,
    long duplicated,
    long ledgerDifference,
    long stateMismatches,
    double seconds,
    List<String> findings) {

  boolean clean() {
    return lost == 0 && duplicated == 0 && ledgerDifference == 0 && stateMismatches == 0;
  }
}
