package io.millrace.state;

import java.util.Collection;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deletes rows that nobody wants to see again. {@link KeyValueStore#delete} reads a row first, to return it, and takes one row at a time.
 */
public final class Tombstones {
  private Tombstones() {}

  /** All of them in one call of the store. */
  public static void put(KeyValueStore<Bytes, byte[]> store, Collection<Bytes> rows) {
    store.putAll(rows.stream().map(Tombstones::of).toList());
  }

  private static KeyValue<Bytes, byte[]> of(Bytes row) {
    return KeyValue.pair(row, null);
  }
}
