package io.millrace.topology.merge;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Offer;
import io.millrace.serde.UpdateAssembly;
import io.millrace.serde.UpdatePart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Updates that no version holds yet, as they came: their parts may be spread over several commits, and so may be the updates of one
 * round.
 *
 * <pre>
 *   key    worker [4], sequence [8], part [4], big-endian
 *   value  the part's bytes
 * </pre>
 */
final class Inbox {
  private final KeyValueStore<Bytes, byte[]> store;
  private final UpdateAssembly assembly;

  Inbox(KeyValueStore<Bytes, byte[]> store, ModelSpec spec) {
    this.store = store;
    this.assembly = new UpdateAssembly(spec);
  }

  /** Those that were whole when the task stopped, in the order of worker and sequence. */
  List<Offer> restore() {
    List<Offer> whole = new ArrayList<>();
    Bytes first = key(0, 0, 0);
    Bytes last = key(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
    try (KeyValueIterator<Bytes, byte[]> rows = store.range(first, last)) {
      while (rows.hasNext()) {
        assembly.add(assembly.read(rows.next().value)).ifPresent(whole::add);
      }
    }
    return whole;
  }

  /** @return the update that this part completes */
  Optional<Offer> add(byte[] bytes) {
    UpdatePart part = assembly.read(bytes);
    store.put(key(part.worker(), part.sequence(), part.part()), bytes);
    return assembly.add(part);
  }

  /** Forgets what these weights hold or have dropped. */
  void release(MergedWeights weights) {
    List<Bytes> done = new ArrayList<>();
    weights.sequences().forEach((worker, sequence) -> {
      try (KeyValueIterator<Bytes, byte[]> rows =
          store.range(key(worker, 0, 0), key(worker, sequence, Integer.MAX_VALUE))) {
        rows.forEachRemaining(row -> done.add(row.key));
      }
    });
    done.forEach(store::delete);
  }

  private static Bytes key(int worker, long sequence, int part) {
    return Bytes.wrap(ByteBuffer.allocate(2 * Integer.BYTES + Long.BYTES)
        .putInt(worker)
        .putLong(sequence)
        .putInt(part)
        .array());
  }
}
