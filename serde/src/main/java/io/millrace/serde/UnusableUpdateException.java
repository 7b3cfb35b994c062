package io.millrace.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A worker's update that cannot be merged; its reaction is that it is dropped and counted. */
public final class UnusableUpdateException extends SerializationException {
  private static final long serialVersionUID = 1L;

  UnusableUpdateException(String field, Object expected, Object actual) {
    super("update rejected: field=" + field + ", expected=" + expected + ", actual=" + actual
        + ". It is not merged.");
  }
}
