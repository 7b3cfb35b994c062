package io.millrace.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A window that is none to learn from; its reaction is that it is dropped and counted. */
public final class UnusableWindowException extends SerializationException {
  private static final long serialVersionUID = 1L;

  UnusableWindowException(String field, Object expected, Object actual) {
    super("window rejected: field=" + field + ", expected=" + expected + ", actual=" + actual
        + ". It is not learned from.");
  }

  /** @param cause says what is wrong, in a sentence */
  UnusableWindowException(IllegalArgumentException cause) {
    super(cause.getMessage() + " It is not learned from.", cause);
  }
}
