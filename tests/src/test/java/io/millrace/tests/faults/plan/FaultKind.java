package io.millrace.tests.faults.plan;

import java.util.Locale;

/** What is done to a site in a round. */
public enum FaultKind {
  /** kill -9 of the application, once or twice. */
  KILL_APPLICATION(2),
  /** kill -9 of the broker, and a start on the same directory. */
  KILL_BROKER(2),
  /** Both at once. */
  KILL_BOTH(1),
  /** SIGSTOP, then SIGCONT after up to twice the session timeout. */
  PAUSE_APPLICATION(1),
  /** The same to the broker. */
  PAUSE_BROKER(1),
  /** One of two instances sleeps until the other has taken its work over, then wakes up. */
  ZOMBIE(1),
  /** A second instance joins, works, and leaves: in good order or by kill -9. */
  REBALANCE(1),
  /** kill -9, and the state directory is gone. */
  WIPE_STATE(1),
  /** A key's row in the changelog is damaged, and the application has to restore from it. */
  CORRUPT_ROW(1),
  /** Bytes of a RocksDB file are damaged while the application is down. */
  CORRUPT_FILE(1),
  /** The disk of the state directory is full, first at a start, then while running. */
  FULL_DISK(1),
  /** Record and event times jump ahead, and back. */
  CLOCK_JUMP(1);

  private final int weight;

  FaultKind(int weight) {
    this.weight = weight;
  }

  /** How often it is in a deck. */
  int weight() {
    return weight;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
