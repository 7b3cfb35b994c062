package io.millrace.topology.config;

import java.util.List;

/** Everything that is wrong with a configuration, at once. */
public final class ConfigErrors extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> errors;

  public ConfigErrors(List<String> errors) {
    super("configuration rejected: errors=" + errors.size() + "\n  " + String.join("\n  ", errors));
    this.errors = List.copyOf(errors);
  }

  public List<String> errors() {
    return errors;
  }
}
