package io.millrace.topology.config;

import org.apache.kafka.common.config.ConfigDef;

/** {@link Durations}, or nothing, where what is not said follows from other settings. */
final class DurationsOrEmpty implements ConfigDef.Validator {
  private final Durations durations = new Durations();

  @Override
  public void ensureValid(String name, Object value) {
    if (!"".equals(value)) {
      durations.ensureValid(name, value);
    }
  }

  @Override
  public String toString() {
    return "empty, or " + durations;
  }
}
