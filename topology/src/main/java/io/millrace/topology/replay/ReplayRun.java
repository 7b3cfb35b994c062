package io.millrace.topology.replay;

import io.millrace.topology.csv.CsvRow;
import io.millrace.topology.csv.RowEncoder;
import io.millrace.topology.csv.RowSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One run of a replay: over the rows that were sent before, then the rest in transactions. */
final class ReplayRun {
  private static final long LONGEST_PAUSE_NANOS = TransactionalLog.COMMIT_INTERVAL.toNanos();

  private final RowSource source;
  private final EventLog log;
  private final Pace pace;
  private final Replay.Listener listener;
  private final BooleanSupplier stopping;
  private final RowEncoder encoder = new RowEncoder();
  private Place place = Place.START;
  private long skipped;
  private long notEvents;

  ReplayRun(
      RowSource source,
      EventLog log,
      Pace pace,
      Replay.Listener listener,
      BooleanSupplier stopping) {
    this.source = source;
    this.log = log;
    this.pace = pace;
    this.listener = listener;
    this.stopping = stopping;
  }

  /** @return whether the source begins with the rows that lie behind the place */
  boolean skip(Place kept) {
    while (place.rows() < kept.rows() && source.hasNext()) {
      CsvRow row = source.next();
      pass(encoder.key(row), encoder.value(row));
    }
    skipped = place.rows();
    return place.equals(kept);
  }

  void send() {
    long start = System.nanoTime();
    while (!stopping.getAsBoolean() && source.hasNext()) {
      CsvRow row = source.next();
      long due = start + pace.dueNanos(row, place.rows() - skipped);
      commitBefore(due);
      if (awaitUntil(due)) {
        send(row);
      }
    }
    log.commit(place);
  }

  private void send(CsvRow row) {
    if (row.time().isEmpty()) {
      notEvents++;
      listener.notAnEvent(row);
    }
    byte[] key = encoder.key(row);
    byte[] value = encoder.value(row);
    log.send(key, value);
    pass(key, value);
  }

  private void pass(byte[] key, byte[] value) {
    place = place.after(key, value);
    listener.progress(place.rows());
  }

  private void commitBefore(long due) {
    if (log.isCommitDue(Math.max(due, System.nanoTime()))) {
      log.commit(place);
    }
  }

  /** @return false when stopped before */
  private boolean awaitUntil(long due) {
    while (!stopping.getAsBoolean() && System.nanoTime() < due) {
      LockSupport.parkNanos(Math.min(due - System.nanoTime(), LONGEST_PAUSE_NANOS));
    }
    return !stopping.getAsBoolean();
  }

  ReplaySummary summary(double seconds) {
    long sent = place.rows() - skipped;
    return new ReplaySummary(place.rows(), sent, skipped, notEvents, seconds, sent / seconds);
  }
}
