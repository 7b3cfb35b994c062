package io.millrace.topology;

/** Every name of a processor, store and sink; the topics' names are configuration. */
public final class Names {
  public static final String EVENTS_SOURCE = "events-source";
  public static final String SCORE = "score";
  public static final String SCORES_SINK = "scores-sink";
  public static final String DEAD_LETTERS_SINK = "dead-letters-sink";
  public static final String WINDOWS_SINK = "windows-sink";
  public static final String KEY_STATES = "key-states";
  public static final String OPEN_WINDOWS = "open-windows";

  private Names() {}
}
