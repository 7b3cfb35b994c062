package io.millrace.state;

import io.millrace.serde.CorruptRowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that hold the steps of a key's window, in slots from 0 on. A row knows the number of its first step: those of older windows stay
 * in their slots until they are written over.
 *
 * @param <T> a row
 */
final class SlotRows<T> {
  private static final Logger LOG = LoggerFactory.getLogger(SlotRows.class);

  private final KeyValueStore<Bytes, byte[]> store;
  private final Form<T> form;

  /**
   * What a row is.
   *
   * @param steps that a row holds
   * @param decode throws {@link CorruptRowException} where bytes cannot be believed
   * @param number of a row's first step
   */
  record Form<T>(
      int steps,
      Function<T, byte[]> encode,
      Function<byte[], T> decode,
      ToLongFunction<T> number) {}

  SlotRows(KeyValueStore<Bytes, byte[]> store, Form<T> form) {
    this.store = store;
    this.form = form;
  }

  void put(byte[] key, int slot, T row) {
    store.put(OpenWindowKeys.step(key, slot), form.encode().apply(row));
  }

  /** Empty where the row is another step's, or none that can be believed. */
  Optional<T> get(byte[] key, int slot, long number) {
    byte[] row = store.get(OpenWindowKeys.step(key, slot));
    try {
      return Optional.ofNullable(row)
          .map(form.decode())
          .filter(found -> form.number().applyAsLong(found) == number);
    } catch (CorruptRowException e) {
      warn(e, key);
      return Optional.empty();
    }
  }

  /** As many rows as follow each other from that step on. */
  List<T> all(byte[] key, long firstStep) {
    return consecutive(key, firstStep, Integer.MAX_VALUE);
  }

  /** So many rows that follow each other from that step on; empty when some are missing or cannot be believed. */
  Optional<List<T>> exactly(byte[] key, long firstStep, int count) {
    List<T> rows = count == 0 ? List.of() : consecutive(key, firstStep, count);
    return rows.size() == count ? Optional.of(rows) : Optional.empty();
  }

  /** Rows of older windows may follow those of this one: the first with a foreign number ends it. */
  private List<T> consecutive(byte[] key, long firstStep, int atMost) {
    List<T> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = range(key, atMost)) {
      while (rows.hasNext()) {
        T row = form.decode().apply(rows.next().value);
        if (form.number().applyAsLong(row) != firstStep + (long) form.steps() * found.size()) {
          break;
        }
        found.add(row);
      }
    } catch (CorruptRowException e) {
      warn(e, key);
    }
    return found;
  }

  void delete(byte[] key) {
    List<Bytes> slots = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = range(key, Integer.MAX_VALUE)) {
      rows.forEachRemaining(row -> slots.add(row.key));
    }
    Tombstones.put(store, slots);
  }

  private KeyValueIterator<Bytes, byte[]> range(byte[] key, int slots) {
    return store.range(OpenWindowKeys.step(key, 0), OpenWindowKeys.step(key, slots - 1));
  }

  private void warn(CorruptRowException e, byte[] key) {
    LOG.warn("{} store={}, key={}", e.getMessage(), store.name(), Bytes.wrap(key));
  }
}
