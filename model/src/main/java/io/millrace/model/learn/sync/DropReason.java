package io.millrace.model.learn.sync;

/** Why steps that were learned are in no weights. */
public enum DropReason {
  /** The batch's gradient or loss was not finite; the replica did not follow it. */
  NON_FINITE_GRADIENT,
  /** The replica lost its finite values and went back to what it had published. */
  DIVERGED_REPLICA,
  /** The change held a value or a loss that is not finite. */
  NON_FINITE_CHANGE,
  /** The change was far longer than changes usually are. */
  EXPLODING_CHANGE,
  /** The change began at weights too many versions old. */
  STALE_CHANGE,
  /** The weights went back to an earlier version, or gave way to imported ones. */
  ROLLED_BACK
}
