package io.millrace.tests.faults.audit;

import java.util.List;

/**
 * What the audit of a history came to. The first four are zero where every promise was kept.
 *
 * @param lost events with neither a score nor a dead letter
 * @param duplicated outcomes, learned steps, updates and versions that are there twice
 * @param ledgerDifference steps that are not accounted for
 * @param stateMismatches scores, states, windows, updates and versions that differ from an undisturbed run, and gaps and orders broken
 * @param eligibleSteps scored steps that may be learned from
 * @param version newest weights
 * @param findings the first of what was found, in words
 */
public record Verdict(
    long lost,
    long duplicated,
    long ledgerDifference,
    long stateMismatches,
    long eligibleSteps,
    long version,
    List<String> findings) {

  public boolean isClean() {
    return lost == 0 && duplicated == 0 && ledgerDifference == 0 && stateMismatches == 0;
  }
}
