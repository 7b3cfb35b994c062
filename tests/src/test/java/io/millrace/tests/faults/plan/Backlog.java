package io.millrace.tests.faults.plan;

import java.util.Map;

/** What is kept waiting, for seconds instead of a fraction of one, so that a kill finds it waiting. */
public enum Backlog {
  NONE(Map.of()),
  /** Windows whose update has not been emitted. */
  WINDOWS(Map.of("sync.interval", "4s")),
  /** Updates that no version holds: of so many workers, one has nearly always not been heard yet. */
  UPDATES(Map.of("learn.partitions", "8", "merge.max.wait", "4s", "window.idle", "2s"));

  private final Map<String, String> settings;

  Backlog(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Otherwise than in the world in which it waits. */
  public Map<String, String> settings() {
    return settings;
  }
}
