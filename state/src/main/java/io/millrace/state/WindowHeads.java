package io.millrace.state;

import io.millrace.serde.CorruptRowException;
import io.millrace.serde.OpenWindowCodec;
import io.millrace.serde.OpenWindowCodec.Head;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that mark windows as open: one head and one deadline each. A deadline of a key that was heard of since is moved; its head, which is
 * much longer, stays as it is and knows the first one, by which the row of each later one says whose it is.
 */
final class WindowHeads {
  private static final Logger LOG = LoggerFactory.getLogger(WindowHeads.class);
  private static final byte[] NOTHING = new byte[0];

  private final KeyValueStore<Bytes, byte[]> store;
  private final OpenWindowCodec codec;

  /** No deadline in the store is earlier: milliseconds since 1970. What a store holds at the start is not known. */
  private long earliest;

  WindowHeads(KeyValueStore<Bytes, byte[]> store, OpenWindowCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /**
   * A deadline that has passed.
   *
   * @param first that its window had: if the key's head has another, the window was closed since
   */
  record Due(byte[] key, long deadline, long first) {}

  void open(byte[] key, Head head) {
    store.putAll(List.of(
        KeyValue.pair(OpenWindowKeys.head(key), codec.encode(head)),
        KeyValue.pair(OpenWindowKeys.deadline(head.deadline(), key), NOTHING)));
    earliest = Math.min(earliest, head.deadline());
  }

  /**
   * Puts off a deadline that was taken away.
   *
   * @param head of the window, as it is
   */
  void move(byte[] key, Head head, long deadline) {
    byte[] first = ByteBuffer.allocate(Long.BYTES).putLong(head.deadline()).array();
    store.put(OpenWindowKeys.deadline(deadline, key), first);
    earliest = Math.min(earliest, deadline);
  }

  /** @param head of the key's next window, with the deadline of the one before, whose row stands */
  void replace(byte[] key, Head head) {
    store.put(OpenWindowKeys.head(key), codec.encode(head));
  }

  /** Empty where there is none, or none that can be believed. */
  Optional<Head> find(byte[] key) {
    byte[] row = store.get(OpenWindowKeys.head(key));
    if (row == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(codec.decodeHead(row));
    } catch (CorruptRowException e) {
      LOG.warn("{} store={}, key={}", e.getMessage(), store.name(), Bytes.wrap(key));
      return Optional.empty();
    }
  }

  boolean has(byte[] key) {
    return store.get(OpenWindowKeys.head(key)) != null;
  }

  /**
   * Removes the rows of a window; those of its steps stay, and a deadline that was moved, until it is due.
   *
   * @param head as it was read
   */
  void close(byte[] key, Optional<Head> head) {
    List<Bytes> rows = new ArrayList<>(List.of(OpenWindowKeys.head(key)));
    head.ifPresent(read -> rows.add(OpenWindowKeys.deadline(read.deadline(), key)));
    Tombstones.put(store, rows);
  }

  /**
   * Takes away up to so many deadlines that have passed by {@code now}, those due first. Those of windows that were cut are behind as
   * deleted rows, through which a range would go again: it begins at the earliest that may still stand, and is left out where that has
   * not passed.
   */
  List<Due> takeDue(long now, int rows) {
    if (earliest > now) {
      return List.of();
    }
    List<Due> due = new ArrayList<>();
    List<Bytes> taken = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> deadlines =
        store.range(OpenWindowKeys.firstDeadline(earliest), OpenWindowKeys.deadlineAfter(now))) {
      while (deadlines.hasNext() && due.size() < rows) {
        KeyValue<Bytes, byte[]> row = deadlines.next();
        due.add(due(row));
        taken.add(row.key);
      }
      earliest = deadlines.hasNext() ? OpenWindowKeys.deadlineOf(deadlines.peekNextKey()) : now + 1;
    }
    Tombstones.put(store, taken);
    return due;
  }

  private static Due due(KeyValue<Bytes, byte[]> row) {
    long deadline = OpenWindowKeys.deadlineOf(row.key);
    long first = row.value.length == Long.BYTES ? ByteBuffer.wrap(row.value).getLong() : deadline;
    return new Due(OpenWindowKeys.keyOfDeadline(row.key), deadline, first);
  }
}
