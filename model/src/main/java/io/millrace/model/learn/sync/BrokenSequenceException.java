package io.millrace.model.learn.sync;

/** The bookkeeping of a worker and that of the merge contradict each other: going on would lose steps or learn them twice. */
public final class BrokenSequenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenSequenceException(String thing, String field, int worker, Object expected, Object actual) {
    super(thing + " rejected: field=" + field + ", expected=" + expected + ", actual=" + actual
        + ", worker=" + worker + ". Reset learn and merge together.");
  }
}
