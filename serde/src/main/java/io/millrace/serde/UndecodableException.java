package io.millrace.serde;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are no record of the type expected. */
public final class UndecodableException extends SerializationException {
  private static final long serialVersionUID = 1L;

  UndecodableException(String type, String field, int length, Exception cause) {
    super(
        "record rejected: type=" + type + ", " + field + ", length=" + length
            + ". Send Avro single-object encoding.",
        cause);
  }
}
