package io.millrace.state;

import io.millrace.serde.CorruptRowException;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.OpenWindowCodec.Head;
import io.millrace.serde.StoredStep;
import io.millrace.serde.StoredWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of the {@code open-windows} store: one head and one deadline a window, one row a step. */
final class WindowRows {
  private static final Logger LOG = LoggerFactory.getLogger(WindowRows.class);
  private static final byte[] NOTHING = new byte[0];

  private final KeyValueStore<Bytes, byte[]> store;
  private final OpenWindowCodec codec;

  WindowRows(KeyValueStore<Bytes, byte[]> store, OpenWindowCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /** A deadline that has passed. */
  record Due(byte[] key, long deadline) {}

  void open(byte[] key, Head head) {
    store.putAll(List.of(
        KeyValue.pair(OpenWindowKeys.head(key), codec.encode(head)),
        KeyValue.pair(OpenWindowKeys.deadline(head.deadline(), key), NOTHING)));
  }

  void append(byte[] key, int slot, StoredStep step) {
    store.put(OpenWindowKeys.step(key, slot), codec.encode(step));
  }

  /** Empty where the row is another step's, or none that can be believed. */
  Optional<StoredStep> step(byte[] key, int slot, long number) {
    byte[] row = store.get(OpenWindowKeys.step(key, slot));
    try {
      return Optional.ofNullable(row)
          .map(codec::decodeStep)
          .filter(step -> step.number() == number);
    } catch (CorruptRowException e) {
      warn(e, key);
      return Optional.empty();
    }
  }

  /** Empty where there is none, or none that can be believed. */
  Optional<Head> head(byte[] key) {
    byte[] row = store.get(OpenWindowKeys.head(key));
    if (row == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(codec.decodeHead(row));
    } catch (CorruptRowException e) {
      warn(e, key);
      return Optional.empty();
    }
  }

  boolean hasHead(byte[] key) {
    return store.get(OpenWindowKeys.head(key)) != null;
  }

  /** The window of that many steps; empty when rows are missing or cannot be believed. */
  Optional<StoredWindow> read(byte[] key, Head head, int length) {
    List<StoredStep> steps = consecutive(key, head, length);
    return steps.size() == length ? Optional.of(new StoredWindow(head, steps)) : Optional.empty();
  }

  /** How many steps of the window can be read. */
  int count(byte[] key, Head head) {
    return consecutive(key, head, Integer.MAX_VALUE).size();
  }

  /**
   * Removes what marks the window as open; the rows of its steps stay.
   *
   * @param head as it was read
   */
  void close(byte[] key, Optional<Head> head) {
    List<Bytes> rows = new ArrayList<>(List.of(OpenWindowKeys.head(key)));
    head.ifPresent(read -> rows.add(OpenWindowKeys.deadline(read.deadline(), key)));
    Tombstones.put(store, rows);
  }

  void deleteSteps(byte[] key) {
    List<Bytes> rows = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> steps = steps(key, Integer.MAX_VALUE)) {
      steps.forEachRemaining(row -> rows.add(row.key));
    }
    Tombstones.put(store, rows);
  }

  /** Takes away up to so many deadlines that have passed by {@code now}, those due first. */
  List<Due> takeDue(long now, int rows) {
    List<Bytes> due = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> deadlines =
        store.range(OpenWindowKeys.firstDeadline(), OpenWindowKeys.deadlineAfter(now))) {
      while (deadlines.hasNext() && due.size() < rows) {
        due.add(deadlines.next().key);
      }
    }
    Tombstones.put(store, due);
    return due.stream()
        .map(row -> new Due(OpenWindowKeys.keyOfDeadline(row), OpenWindowKeys.deadlineOf(row)))
        .toList();
  }

  /** Rows of older windows may follow those of this one: the first with a foreign number ends it. */
  private List<StoredStep> consecutive(byte[] key, Head head, int atMost) {
    List<StoredStep> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = steps(key, atMost)) {
      while (rows.hasNext()) {
        StoredStep step = codec.decodeStep(rows.next().value);
        if (step.number() != head.firstStep() + found.size()) {
          break;
        }
        found.add(step);
      }
    } catch (CorruptRowException e) {
      warn(e, key);
    }
    return found;
  }

  private KeyValueIterator<Bytes, byte[]> steps(byte[] key, int length) {
    return store.range(OpenWindowKeys.step(key, 0), OpenWindowKeys.step(key, length - 1));
  }

  private void warn(CorruptRowException e, byte[] key) {
    LOG.warn("{} store={}, key={}", e.getMessage(), store.name(), Bytes.wrap(key));
  }
}
