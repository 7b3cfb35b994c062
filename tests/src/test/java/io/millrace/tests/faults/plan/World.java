package io.millrace.tests.faults.plan;

import java.util.Locale;
import java.util.Map;

/** The application's shape, which decides what may be claimed of its bytes. */
public enum World {
  /** Nothing is learned: scores and states have one right answer. */
  PAUSED(2, Map.of("learn.enabled", "false")),
  /** One partition, one worker, one window a batch: what is learned has one right answer. */
  SINGLE(1, Map.of("batch.windows", "1")),
  /** Several of all. */
  PARALLEL(
      2, Map.of("learn.partitions", "2", "batch.windows", "4", "streams.num.stream.threads", "2")),
  /** As single, and so wide that updates, weights and the stored replica come in parts. */
  PARTS(1, Map.of("batch.windows", "1", "model.hidden", "200", "sync.interval", "1s")),
  /** As single, and what is learned are labels that come by themselves: no window may go without one, for all are sent. */
  LABELS(1, Map.of("batch.windows", "1", "model.head", "binary", "label.wait", "60d"));

  private final int partitions;
  private final Map<String, String> settings;

  World(int partitions, Map<String, String> settings) {
    this.partitions = partitions;
    this.settings = settings;
  }

  /** Of the events, the scores and the windows. */
  public int partitions() {
    return partitions;
  }

  public Map<String, String> settings() {
    return settings;
  }

  public boolean learns() {
    return this != PAUSED;
  }

  /** Whether one worker learns window by window. */
  public boolean isSequential() {
    return this == SINGLE || this == PARTS || this == LABELS;
  }

  /** Whether every event has a label, in a topic of its own. */
  public boolean hasLabels() {
    return this == LABELS;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
