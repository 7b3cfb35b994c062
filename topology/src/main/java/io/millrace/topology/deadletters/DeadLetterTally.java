package io.millrace.topology.deadletters;

import io.millrace.serde.mapping.Reason;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a run does with each letter. */
final class DeadLetterTally {
  private final Map<String, Long> sentByReason = new TreeMap<>();
  private long sent;
  private long otherReasons;
  private long notReplayable;

  void sent(Reason reason) {
    sent++;
    sentByReason.merge(reason.text(), 1L, Long::sum);
  }

  void ofOtherReason() {
    otherReasons++;
  }

  void notReplayable() {
    notReplayable++;
  }

  long sent() {
    return sent;
  }

  DeadLetterSummary summary(boolean dryRun, double seconds) {
    return new DeadLetterSummary(sent, sentByReason, otherReasons, notReplayable, dryRun, seconds);
  }
}
