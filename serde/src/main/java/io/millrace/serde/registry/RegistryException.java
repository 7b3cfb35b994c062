package io.millrace.serde.registry;

import org.apache.kafka.common.KafkaException;

/** The registry cannot be asked, or refuses: nothing that an event could be blamed for, so the task stops where it is. */
public final class RegistryException extends KafkaException {
  private static final long serialVersionUID = 1L;

  RegistryException(String facts, Throwable cause) {
    super("schema registry failed: " + facts, cause);
  }
}
