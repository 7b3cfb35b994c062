package io.millrace.state;

import io.millrace.serde.CorruptRowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
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
  private final int steps;
  private final Function<byte[], T> decode;
  private final ToLongFunction<T> number;

  /**
   * @param steps that a row holds
   * @param decode throws {@link CorruptRowException} where bytes cannot be believed
   * @param number of a row's first step
   */
  SlotRows(
      KeyValueStore<Bytes, byte[]> store,
      int steps,
      Function<byte[], T> decode,
      ToLongFunction<T> number) {
    this.store = store;
    this.steps = steps;
    this.decode = decode;
    this.number = number;
  }

  void put(byte[] key, int slot, byte[] row) {
    store.put(OpenWindowKeys.step(key, slot), row);
  }

  /** Empty where the row is another step's, or none that can be believed. */
  Optional<T> get(byte[] key, int slot, long number) {
    byte[] row = store.get(OpenWindowKeys.step(key, slot));
    try {
      return Optional.ofNullable(row)
          .map(decode)
          .filter(found -> this.number.applyAsLong(found) == number);
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
    List<T> rows = consecutive(key, firstStep, count);
    return rows.size() == count ? Optional.of(rows) : Optional.empty();
  }

  /** Rows of older windows may follow those of this one: the first with a foreign number ends it. */
  private List<T> consecutive(byte[] key, long firstStep, int atMost) {
    List<T> rows = new ArrayList<>();
    boolean ended = false;
    while (!ended && rows.size() < atMost) {
      long number = firstStep + (long) steps * rows.size();
      ended = get(key, rows.size(), number).map(rows::add).isEmpty();
    }
    return rows;
  }

  /** Windows fill their slots from 0 on, so that there is none behind a gap. */
  void delete(byte[] key) {
    List<Bytes> slots = new ArrayList<>();
    Bytes slot = OpenWindowKeys.step(key, 0);
    while (store.get(slot) != null) {
      slots.add(slot);
      slot = OpenWindowKeys.step(key, slots.size());
    }
    Tombstones.put(store, slots);
  }

  private void warn(CorruptRowException e, byte[] key) {
    LOG.warn("{} store={}, key={}", e.getMessage(), store.name(), Bytes.wrap(key));
  }
}
