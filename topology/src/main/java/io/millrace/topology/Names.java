package io.millrace.topology;

/** Every name of a processor, store and sink; the topics' names are configuration. */
public final class Names {
  public static final String EVENTS_SOURCE = "events-source";
  public static final String LABELS_SOURCE = "labels-source";
  public static final String SCORE = "score";
  public static final String SCORES_SINK = "scores-sink";
  public static final String DEAD_LETTERS_SINK = "dead-letters-sink";
  public static final String NEW_VALUES_SINK = "new-values-sink";
  public static final String WINDOWS_SINK = "windows-sink";
  public static final String WEIGHTS_SOURCE = "weights-source";
  public static final String WEIGHTS_READER = "weights-reader";
  public static final String WINDOWS_SOURCE = "windows-source";
  public static final String LEARN = "learn";
  public static final String UPDATES_SINK = "updates-sink";
  public static final String UPDATES_SOURCE = "updates-source";
  public static final String MERGE = "merge";
  public static final String WEIGHTS_SINK = "weights-sink";
  public static final String KEY_STATES = "key-states";
  public static final String OPEN_WINDOWS = "open-windows";
  public static final String WEIGHTS = "weights";
  public static final String PENDING_WINDOWS = "pending-windows";
  public static final String REPLICA = "replica";
  public static final String INBOX = "pending-updates";
  public static final String MERGED = "merged";

  private Names() {}
}
