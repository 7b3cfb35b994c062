package io.millrace.topology.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** {@link Durations}, or none: {@code 0s}. */
final class DurationsOrNone implements ConfigDef.Validator {
  @Override
  public void ensureValid(String name, Object value) {
    if (value instanceof String text && !Durations.isOne(text)) {
      throw new ConfigException(
          name, value, "expected a duration such as 0s, 500ms, 30s, 5m, 12h or 7d");
    }
  }

  @Override
  public String toString() {
    return "number with ms, s, m, h or d";
  }
}
