package io.millrace.model.scoring;

/** An event that has been judged. Only the {@link Scorer} makes one, so whoever holds one cannot be ahead of the score. */
public final class Scored {
  private final Judgement judgement;
  private final KeyState after;

  Scored(Judgement judgement, KeyState after) {
    this.judgement = judgement;
    this.after = after;
  }

  public Judgement judgement() {
    return judgement;
  }

  /** What the key remembers from now on; the state before, when the event came late. */
  public KeyState after() {
    return after;
  }
}
