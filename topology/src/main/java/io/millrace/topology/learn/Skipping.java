package io.millrace.topology.learn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.SkippedWindows;
import io.millrace.serde.CorruptRowException;
import io.millrace.serde.SkippedWindowsCodec;
import io.millrace.topology.metrics.LearnMeters;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the windows that a worker passes over, in a row of their own that is written in the transaction that passes them over. */
final class Skipping {
  private static final Logger LOG = LoggerFactory.getLogger(Skipping.class);
  private static final Bytes ROW = Bytes.wrap("skipped".getBytes(UTF_8));

  private final KeyValueStore<Bytes, byte[]> store;
  private final int worker;
  private final LearnMeters meters;
  private SkippedWindows skipped;

  Skipping(KeyValueStore<Bytes, byte[]> store, int worker, LearnMeters meters) {
    this.store = store;
    this.worker = worker;
    this.meters = meters;
    this.skipped = load();
    meters.skipped(worker, skipped);
  }

  private SkippedWindows load() {
    byte[] row = store.get(ROW);
    if (row == null) {
      return SkippedWindows.NONE;
    }
    try {
      return SkippedWindowsCodec.decode(row);
    } catch (CorruptRowException e) {
      LOG.error("{} Skipped windows are counted anew.", e.getMessage());
      return SkippedWindows.NONE;
    }
  }

  void skip(CutWindow window) {
    skipped = skipped.plus(window);
    store.put(ROW, SkippedWindowsCodec.encode(skipped));
    meters.skipped(worker, skipped);
  }
}
