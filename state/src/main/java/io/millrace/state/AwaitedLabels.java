package io.millrace.state;

import io.millrace.serde.StoredStep;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * By which id a label finds its step: one row a step whose label is not known. A row outlives its window for a while, so that a label
 * that comes too late is told from one of an event that was never here. A label that comes before its event, as it may where two topics are
 * read side by side, has such a row too, and finds its step when that comes.
 *
 * <pre>
 *   awaited   number of the step [8]
 *   early     {@value #EARLY} [1], value of the label, f64 [8]
 * </pre>
 */
final class AwaitedLabels {
  private static final byte EARLY = 1;

  private final KeyValueStore<Bytes, byte[]> store;

  AwaitedLabels(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * Where a step's label is awaited; nothing for another step.
   *
   * @return that label, if it came before
   */
  OptionalDouble await(byte[] key, StoredStep step) {
    return step.awaited().map(id -> await(key, id, step.number())).orElse(OptionalDouble.empty());
  }

  private OptionalDouble await(byte[] key, String id, long number) {
    Bytes at = OpenWindowKeys.awaited(key, id);
    byte[] row = store.get(at);
    store.put(at, number(number));
    return isEarly(row)
        ? OptionalDouble.of(ByteBuffer.wrap(row).getDouble(1))
        : OptionalDouble.empty();
  }

  private static boolean isEarly(byte[] row) {
    return row != null && row.length == 1 + Double.BYTES && row[0] == EARLY;
  }

  /** Number of the step that awaits that label; it does so no longer. Empty where none does, or the row is none of ours. */
  OptionalLong take(byte[] key, String id) {
    byte[] row = store.delete(OpenWindowKeys.awaited(key, id));
    return row == null || row.length != Long.BYTES
        ? OptionalLong.empty()
        : OptionalLong.of(ByteBuffer.wrap(row).getLong());
  }

  /** Keeps a label that no step awaits until a time: record time, milliseconds since 1970. */
  void keep(byte[] key, String id, double value, long until) {
    Bytes at = OpenWindowKeys.awaited(key, id);
    byte[] early =
        ByteBuffer.allocate(1 + Double.BYTES).put(EARLY).putDouble(value).array();
    store.put(at, early);
    store.put(OpenWindowKeys.lapse(until, at), early);
  }

  /** Forgets these steps at a time: record time, milliseconds since 1970. */
  void forgetAt(long time, byte[] key, List<StoredStep> steps) {
    for (StoredStep step : steps) {
      step.awaited()
          .ifPresent(id -> store.put(
              OpenWindowKeys.lapse(time, OpenWindowKeys.awaited(key, id)), number(step.number())));
    }
  }

  /** Looks at up to so many steps that are to be forgotten by {@code now}. */
  void sweep(long now, int atMost) {
    List<KeyValue<Bytes, byte[]>> lapsed = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows =
        store.range(OpenWindowKeys.firstLapse(), OpenWindowKeys.lapseAfter(now))) {
      while (rows.hasNext() && lapsed.size() < atMost) {
        lapsed.add(rows.next());
      }
    }
    lapsed.forEach(this::forget);
  }

  /** Not where the id has come to name another step, or another label, since. */
  private void forget(KeyValue<Bytes, byte[]> lapse) {
    Bytes awaited = OpenWindowKeys.awaitedOfLapse(lapse.key);
    if (Arrays.equals(store.get(awaited), lapse.value)) {
      store.delete(awaited);
    }
    store.delete(lapse.key);
  }

  /** Forgets all steps of a key; not its early labels, which are of events to come. */
  void forget(byte[] key) {
    List<Bytes> awaited = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows =
        store.range(OpenWindowKeys.awaitedFrom(key), OpenWindowKeys.awaitedTo(key))) {
      rows.forEachRemaining(row -> {
        if (!isEarly(row.value)) {
          awaited.add(row.key);
        }
      });
    }
    awaited.forEach(store::delete);
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
