package io.millrace.tests;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rows of a store, as they are. */
final class Rows {
  /** The kinds of rows in {@code open-windows} that labels need: the first byte of their keys. */
  static final byte WAITING = 3;

  static final byte LAPSE = 6;

  private Rows() {}

  /** Values of the rows of one kind. */
  static List<byte[]> of(KeyValueStore<Bytes, byte[]> store, byte kind) {
    List<byte[]> values = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = store.all()) {
      rows.forEachRemaining(row -> {
        if (row.key.get()[0] == kind) {
          values.add(row.value);
        }
      });
    }
    return values;
  }

  /** How many rows are of the kinds that labels need. */
  static int ofLabels(KeyValueStore<Bytes, byte[]> store) {
    int count = 0;
    for (byte kind = WAITING; kind <= LAPSE; kind++) {
      count += of(store, kind).size();
    }
    return count;
  }

  static void copy(KeyValueStore<Bytes, byte[]> from, KeyValueStore<Bytes, byte[]> to) {
    try (KeyValueIterator<Bytes, byte[]> rows = from.all()) {
      rows.forEachRemaining(row -> to.put(row.key, row.value));
    }
  }
}
