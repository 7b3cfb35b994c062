package io.millrace.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A record whose writer schema is not known here. */
public final class UnknownSchemaException extends SerializationException {
  private static final long serialVersionUID = 1L;

  UnknownSchemaException(String type, long fingerprint) {
    super("record rejected: type=" + type + ", field=fingerprint, actual="
        + String.format("%016x", fingerprint)
        + ". Make the writer's schema known before its records come.");
  }
}
