package io.millrace.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A command that cannot be carried out, whatever the state; its reaction is that it is passed over. */
public final class UnusableCommandException extends SerializationException {
  private static final long serialVersionUID = 1L;

  UnusableCommandException(String field, Object expected, Object actual) {
    super("command rejected: field=" + field + ", expected=" + expected + ", actual=" + actual
        + ". It is not carried out.");
  }
}
