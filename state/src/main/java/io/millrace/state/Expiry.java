package io.millrace.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Deletes the rows of keys long unseen, a bounded number of rows looked at per call, going round the store. The deletions
 * reach the changelog as tombstones.
 */
public final class Expiry {
  private final KeyStates states;
  private final int rowsPerSweep;
  private final Consumer<byte[]> onForgotten;
  private Bytes next;

  /**
   * @param rowsPerSweep rows looked at in one call, at least 1
   * @param onForgotten told of every key whose row is about to be deleted
   */
  public Expiry(KeyStates states, int rowsPerSweep, Consumer<byte[]> onForgotten) {
    this.states = states;
    this.rowsPerSweep = rowsPerSweep;
    this.onForgotten = onForgotten;
  }

  /**
   * Looks at the next rows.
   *
   * @param streamTime the task's stream time: milliseconds since 1970
   * @return how many keys were forgotten
   */
  public int sweep(long streamTime) {
    List<Bytes> expired = new ArrayList<>();
    Bytes resumeAt = null;
    try (KeyValueIterator<Bytes, byte[]> rows = states.store().range(next, null)) {
      for (int looked = 0; rows.hasNext(); looked++) {
        if (looked == rowsPerSweep) {
          resumeAt = rows.peekNextKey();
          break;
        }
        KeyValue<Bytes, byte[]> row = rows.next();
        if (states.isDisposable(row.value, streamTime)) {
          expired.add(row.key);
        }
      }
    }
    next = resumeAt;
    expired.forEach(this::forget);
    return expired.size();
  }

  private void forget(Bytes key) {
    onForgotten.accept(key.get());
    states.store().delete(key);
  }
}
