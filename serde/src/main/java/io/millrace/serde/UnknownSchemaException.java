package io.millrace.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.errors.SerializationException;

/** A record whose writer schema is not known here. */
public final class UnknownSchemaException extends SerializationException {
  private static final long serialVersionUID = 1L;
  private static final int FINGERPRINT_OFFSET = 2;

  UnknownSchemaException(String type, byte[] bytes, Exception cause) {
    super(
        "record rejected: type=" + type + ", field=fingerprint, actual=" + fingerprint(bytes)
            + ". Make the writer's schema known before its records come.",
        cause);
  }

  private static String fingerprint(byte[] bytes) {
    long value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(FINGERPRINT_OFFSET);
    return String.format("%016x", value);
  }
}
