package io.millrace.topology.merge;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Offer;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableUpdateException;
import io.millrace.serde.UpdateAssembly;
import io.millrace.serde.UpdatePart;
import io.millrace.state.Tombstones;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Updates that no version holds yet, as they came: their parts may be spread over several commits, and so may be the updates of one
 * round. The part that makes an update whole is kept only where its round stays open: where it closes, as it does at every update of a
 * single worker, the next version holds it before anything is committed.
 *
 * <pre>
 *   key    worker [4], sequence [8], part [4], big-endian
 *   value  the part's bytes
 * </pre>
 */
final class Inbox {
  private final KeyValueStore<Bytes, byte[]> store;
  private final UpdateAssembly assembly;
  private final Consumer<RuntimeException> onRejected;

  /** Of all rows that the store holds: to ask it for their range is a quarter of what the merge has to do with an update. */
  private final NavigableSet<Bytes> rows = new TreeSet<>();

  /** An update whose last part has just come, and has still to be kept. */
  record Arrived(Offer offer, Bytes key, byte[] lastPart) {}

  /** @param onRejected told why a row cannot be believed */
  Inbox(KeyValueStore<Bytes, byte[]> store, ModelSpec spec, Consumer<RuntimeException> onRejected) {
    this.store = store;
    this.assembly = new UpdateAssembly(spec);
    this.onRejected = onRejected;
  }

  /** Those that were whole when the task stopped, in the order of worker and sequence. */
  List<Offer> restore() {
    List<Offer> whole = new ArrayList<>();
    List<Bytes> broken = new ArrayList<>();
    Bytes first = key(0, 0, 0);
    Bytes last = key(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
    try (KeyValueIterator<Bytes, byte[]> stored = store.range(first, last)) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> row = stored.next();
        rows.add(row.key);
        try {
          assembly.add(assembly.read(row.value)).ifPresent(whole::add);
        } catch (UnusableUpdateException
            | CorruptLearnerException
            | UndecodableException
            | UnknownSchemaException e) {
          onRejected.accept(e);
          broken.add(row.key);
        }
      }
    }
    delete(broken);
    return whole;
  }

  /** @return the update that this part completes; all other parts are kept */
  Optional<Arrived> add(byte[] bytes) {
    UpdatePart part = assembly.read(bytes);
    Bytes key = key(part.worker(), part.sequence(), part.part());
    Optional<Offer> whole = assembly.add(part);
    if (whole.isEmpty()) {
      put(key, bytes);
    }
    return whole.map(offer -> new Arrived(offer, key, bytes));
  }

  /** Keeps the last part too. */
  void keep(Arrived update) {
    put(update.key(), update.lastPart());
  }

  private void put(Bytes key, byte[] bytes) {
    store.put(key, bytes);
    rows.add(key);
  }

  /** Forgets what these weights hold or have dropped. */
  void release(MergedWeights weights) {
    weights.sequences().forEach((worker, sequence) -> delete(worker, 0, sequence));
  }

  /** Forgets an update that the merge refused, or it would be offered again after every restart. */
  void forget(Offer refused) {
    long sequence = refused.change().sequence();
    delete(refused.worker(), sequence, sequence);
  }

  private void delete(int worker, long first, long last) {
    Bytes from = key(worker, first, 0);
    Bytes to = key(worker, last, Integer.MAX_VALUE);
    delete(List.copyOf(rows.subSet(from, true, to, true)));
  }

  private void delete(List<Bytes> done) {
    Tombstones.put(store, done);
    done.forEach(rows::remove);
  }

  private static Bytes key(int worker, long sequence, int part) {
    return Bytes.wrap(ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES)
        .putInt(worker)
        .putLong(sequence)
        .putInt(part)
        .array());
  }
}
