package io.millrace.topology.learn;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.CutWindow;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableWindowException;
import io.millrace.serde.WindowCodec;
import io.millrace.state.Tombstones;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Windows whose update has not been emitted yet, in the order in which they came. A row stays through the learning of its window:
 * it goes when the update that holds it is emitted, in the same transaction, so that a crash between the two forgets nothing.
 *
 * <pre>
 *   key    number [8], big-endian
 *   value  offset in the windows partition [8], big-endian, then the window's bytes
 * </pre>
 */
final class PendingWindows {
  private static final byte[] NOTHING = {};

  private final KeyValueStore<Bytes, byte[]> store;
  private final WindowCodec codec;
  private final Consumer<RuntimeException> onLost;

  /** Decoded already, because they came since the start; at most a batch of them. */
  private final Map<Long, Pending> fresh = new HashMap<>();

  private long first;
  private long next;
  private long end;

  /** A window and its offset in its partition. */
  record Pending(long offset, CutWindow window) {}

  /** @param onLost told why a window's row cannot be believed */
  PendingWindows(
      KeyValueStore<Bytes, byte[]> store, ModelSpec spec, Consumer<RuntimeException> onLost) {
    this.store = store;
    this.codec = new WindowCodec(spec);
    this.onLost = onLost;
    try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
      first = rows.hasNext() ? number(rows.peekNextKey()) : 0;
    }
    try (KeyValueIterator<Bytes, byte[]> rows = store.reverseAll()) {
      end = rows.hasNext() ? number(rows.peekNextKey()) + 1 : first;
    }
    next = first;
  }

  /**
   * @throws RuntimeException of the codec's, when the bytes are no window to learn from
   */
  CutWindow read(byte[] bytes) {
    return codec.decode(bytes);
  }

  /** @param bytes of the window */
  void add(CutWindow window, byte[] bytes, long offset) {
    store.put(
        key(end),
        ByteBuffer.allocate(Long.BYTES + bytes.length)
            .putLong(offset)
            .put(bytes)
            .array());
    fresh.put(end++, new Pending(offset, window));
  }

  /** How many have not been taken to be learned. */
  long waiting() {
    return end - next;
  }

  /** How many are kept, those that were taken but not released among them. */
  long kept() {
    return end - first;
  }

  /** The next ones to learn, at most so many; fewer where rows cannot be believed. */
  List<Pending> take(int atMost) {
    long until = Math.min(end, next + atMost);
    List<Pending> taken = new ArrayList<>((int) (until - next));
    for (; next < until; next++) {
      Optional.ofNullable(fresh.remove(next)).or(this::stored).ifPresent(taken::add);
    }
    return taken;
  }

  private Optional<Pending> stored() {
    try {
      ByteBuffer row = ByteBuffer.wrap(Objects.requireNonNullElse(store.get(key(next)), NOTHING));
      long offset = row.getLong();
      byte[] bytes = new byte[row.remaining()];
      row.get(bytes);
      return Optional.of(new Pending(offset, codec.decode(bytes)));
    } catch (BufferUnderflowException
        | UnusableWindowException
        | UndecodableException
        | UnknownSchemaException e) {
      onLost.accept(e);
      return Optional.empty();
    }
  }

  /** Forgets what was taken: the update that holds it is on its way. */
  void release() {
    Tombstones.put(
        store, LongStream.range(first, next).mapToObj(PendingWindows::key).toList());
    first = next;
  }

  private static Bytes key(long number) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private static long number(Bytes key) {
    return ByteBuffer.wrap(key.get()).getLong();
  }
}
