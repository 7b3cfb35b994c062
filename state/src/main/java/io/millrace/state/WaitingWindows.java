package io.millrace.state;

import io.millrace.model.learn.CutWindow;
import io.millrace.serde.CorruptRowException;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.StoredStep;
import io.millrace.serde.StoredWindow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Windows that are complete but for labels that may still come: one row each, with one that says until when. They need nothing
 * else, so what becomes of their key meanwhile does not matter.
 */
final class WaitingWindows {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingWindows.class);
  private final KeyValueStore<Bytes, byte[]> store;
  private final OpenWindowCodec codec;
  private final AwaitedLabels awaited;
  private final long wait;
  private final long retention;
  private final LongConsumer onLost;

  /**
   * @param wait milliseconds of record time
   * @param retention milliseconds of record time for which the ids of a window that has gone are remembered, and labels of no event
   * @param onLost told of the steps of every window that was given up
   */
  WaitingWindows(
      KeyValueStore<Bytes, byte[]> store,
      OpenWindowCodec codec,
      AwaitedLabels awaited,
      long wait,
      long retention,
      LongConsumer onLost) {
    this.store = store;
    this.codec = codec;
    this.awaited = awaited;
    this.wait = wait;
    this.retention = retention;
    this.onLost = onLost;
  }

  /** Keeps a window that is full, unless it has nothing to wait for: then it is to be emitted. */
  Optional<CutWindow> hold(byte[] key, StoredWindow window, long now) {
    if (window.awaited().isEmpty() || wait == 0) {
      return Optional.of(letGo(key, window, now));
    }
    StoredWindow waiting = new StoredWindow(window.head().withDeadline(now + wait), window.steps());
    save(key, waiting);
    store.put(due(key, waiting), count(window.steps().size()));
    return Optional.empty();
  }

  private CutWindow letGo(byte[] key, StoredWindow window, long now) {
    awaited.forgetAt(now + retention, key, window.awaited());
    return window.cut();
  }

  long retention() {
    return retention;
  }

  /** The window that has that step. */
  Optional<StoredWindow> find(byte[] key, long number) {
    try (KeyValueIterator<Bytes, byte[]> rows =
        store.reverseRange(OpenWindowKeys.waiting(key, 0), OpenWindowKeys.waiting(key, number))) {
      return rows.hasNext()
          ? decode(key, rows.next().value).filter(window -> window.holds(number))
          : Optional.empty();
    }
  }

  /** Puts a labelled step into its window, which is to be emitted when that was the last label it waited for. */
  Optional<CutWindow> put(byte[] key, StoredWindow window, StoredStep step) {
    StoredWindow labelled = window.with(step);
    if (labelled.awaited().isEmpty()) {
      delete(key, labelled);
      return Optional.of(labelled.cut());
    }
    save(key, labelled);
    return Optional.empty();
  }

  /** Takes away up to so many windows that have waited long enough, those due first. */
  List<OpenWindows.Quiet> takeDue(long now, int atMost) {
    List<KeyValue<Bytes, byte[]>> due = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows =
        store.range(OpenWindowKeys.firstDue(), OpenWindowKeys.dueAfter(now))) {
      while (rows.hasNext() && due.size() < atMost) {
        due.add(rows.next());
      }
    }
    List<OpenWindows.Quiet> taken = new ArrayList<>();
    for (KeyValue<Bytes, byte[]> row : due) {
      take(row, now).ifPresent(taken::add);
    }
    return taken;
  }

  private Optional<OpenWindows.Quiet> take(KeyValue<Bytes, byte[]> due, long now) {
    byte[] key = OpenWindowKeys.keyOfDue(due.key);
    Bytes at = OpenWindowKeys.waiting(key, OpenWindowKeys.firstStepOfDue(due.key));
    Optional<StoredWindow> window = decode(key, store.get(at));
    store.delete(at);
    store.delete(due.key);
    if (window.isEmpty()) {
      lose(key, stepsOfDue(due.value));
    }
    return window.map(held -> new OpenWindows.Quiet(key, letGo(key, held, now)));
  }

  /** Gives up the windows of a key that begins anew: its steps are numbered anew. */
  void forget(byte[] key) {
    List<StoredWindow> windows = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows =
        store.range(OpenWindowKeys.waiting(key, 0), OpenWindowKeys.waiting(key, Long.MAX_VALUE))) {
      rows.forEachRemaining(row -> decode(key, row.value).ifPresent(windows::add));
    }
    for (StoredWindow window : windows) {
      delete(key, window);
      lose(key, window.steps().size());
    }
  }

  private void lose(byte[] key, int steps) {
    onLost.accept(steps);
    LOG.warn(
        "window lost while it waited for labels: key={}, steps={}. Its row cannot be believed, or its key begins anew.",
        Bytes.wrap(key),
        steps);
  }

  /** 0 where the row is none of ours. */
  private static int stepsOfDue(byte[] row) {
    return row.length == Integer.BYTES ? Math.max(0, ByteBuffer.wrap(row).getInt()) : 0;
  }

  private static byte[] count(int steps) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(steps).array();
  }

  private void save(byte[] key, StoredWindow window) {
    store.put(OpenWindowKeys.waiting(key, window.head().firstStep()), codec.encode(window));
  }

  private void delete(byte[] key, StoredWindow window) {
    store.delete(OpenWindowKeys.waiting(key, window.head().firstStep()));
    store.delete(due(key, window));
  }

  private static Bytes due(byte[] key, StoredWindow window) {
    return OpenWindowKeys.due(window.head().deadline(), window.head().firstStep(), key);
  }

  private Optional<StoredWindow> decode(byte[] key, byte[] row) {
    try {
      return row == null ? Optional.empty() : Optional.of(codec.decodeWindow(row));
    } catch (CorruptRowException e) {
      LOG.warn("{} store={}, key={}", e.getMessage(), store.name(), Bytes.wrap(key));
      return Optional.empty();
    }
  }
}
