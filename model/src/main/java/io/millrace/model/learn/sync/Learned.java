package io.millrace.model.learn.sync;

/** What became of a batch. */
public enum Learned {
  /** Followed. */
  WHOLE,
  /** Followed, after its gradient was shortened. */
  CLIPPED,
  /** Had no step to learn from. */
  NOTHING,
  /** Not followed: its gradient or its loss was not finite. */
  DROPPED,
  /** Followed, to values that are not finite: all that was not published yet is dropped, the moments are forgotten. */
  DIVERGED
}
