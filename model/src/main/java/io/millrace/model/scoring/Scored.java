package io.millrace.model.scoring;

import java.util.Optional;

/** An event that has been judged. Only the {@link Scorer} makes one, so whoever holds one cannot be ahead of the score. */
public final class Scored {
  private final Judgement judgement;
  private final KeyState after;
  private final Optional<Step> step;

  Scored(Judgement judgement, KeyState after, Optional<Step> step) {
    this.judgement = judgement;
    this.after = after;
    this.step = step;
  }

  public Judgement judgement() {
    return judgement;
  }

  /** What the key remembers from now on; the state before, when the event came late. */
  public KeyState after() {
    return after;
  }

  /** What may be learned from the event; empty when it came late or began a sequence. */
  public Optional<Step> step() {
    return step;
  }
}
