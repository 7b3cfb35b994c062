package io.millrace.topology.config;

import java.util.Locale;

/** The stages of the flow, in its order. */
public enum Stage {
  SCORE,
  LEARN,
  MERGE;

  /** As it stands in configuration, {@code score}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
