package io.millrace.serde;

/** Parameters, or a row of the learner, that cannot be believed. What they held cannot be made up: learning stops. */
public final class CorruptLearnerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CorruptLearnerException(String thing, String field, Object expected, Object actual) {
    super(thing + " rejected: field=" + field + ", expected=" + expected + ", actual=" + actual
        + ". Reset the learner or restore what it wrote.");
  }
}
