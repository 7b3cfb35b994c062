package io.millrace.tests.faults.audit;

import java.util.ArrayList;
import java.util.List;

/** Broken promises, counted by kind, the first of them in words. */
public final class Findings {
  private static final int TOLD = 20;

  private final List<String> texts = new ArrayList<>();
  private long duplicated;
  private long drift;
  private long mismatches;

  /** An outcome, a learned step or an update that is there twice. */
  void duplicate(String text) {
    duplicated++;
    tell(text);
  }

  /** Steps that two neighbours in the flow disagree about. */
  void drift(long steps, String text) {
    if (steps != 0) {
      drift += Math.abs(steps);
      tell(text);
    }
  }

  /** Bytes, an order or a number that is not what it has to be. */
  void mismatch(String text) {
    mismatches++;
    tell(text);
  }

  private void tell(String text) {
    if (texts.size() < TOLD) {
      texts.add(text);
    }
  }

  public long duplicated() {
    return duplicated;
  }

  public long drift() {
    return drift;
  }

  public long mismatches() {
    return mismatches;
  }

  public List<String> texts() {
    return List.copyOf(texts);
  }
}
