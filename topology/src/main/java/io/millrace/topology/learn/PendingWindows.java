package io.millrace.topology.learn;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.CutWindow;
import io.millrace.serde.WindowCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final KeyValueStore<Bytes, byte[]> store;
  private final WindowCodec codec;

  /** Decoded already, because they came since the start; at most a batch of them. */
  private final Map<Long, Pending> fresh = new HashMap<>();

  private long first;
  private long next;
  private long end;

  /** A window and its offset in its partition. */
  record Pending(long offset, CutWindow window) {}

  PendingWindows(KeyValueStore<Bytes, byte[]> store, ModelSpec spec) {
    this.store = store;
    this.codec = new WindowCodec(spec);
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

  /** The next ones to learn, at most so many. */
  List<Pending> take(int atMost) {
    long until = Math.min(end, next + atMost);
    List<Pending> taken = new ArrayList<>((int) (until - next));
    for (; next < until; next++) {
      Pending pending = fresh.remove(next);
      taken.add(pending != null ? pending : stored(next));
    }
    return taken;
  }

  private Pending stored(long number) {
    ByteBuffer row = ByteBuffer.wrap(store.get(key(number)));
    long offset = row.getLong();
    byte[] bytes = new byte[row.remaining()];
    row.get(bytes);
    return new Pending(offset, codec.decode(bytes));
  }

  /** Forgets what was taken: the update that holds it is on its way. */
  void release() {
    for (; first < next; first++) {
      store.delete(key(first));
    }
  }

  private static Bytes key(long number) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private static long number(Bytes key) {
    return ByteBuffer.wrap(key.get()).getLong();
  }
}
