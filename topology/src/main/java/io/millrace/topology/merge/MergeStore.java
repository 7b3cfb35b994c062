package io.millrace.topology.merge;

import io.millrace.model.ModelSpec;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.MergeCodec;
import io.millrace.serde.MergeSnapshot;
import io.millrace.state.PartedRow;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code merged} store: merge and rollback guard as they were when the newest version was published. */
final class MergeStore {
  private static final Logger LOG = LoggerFactory.getLogger(MergeStore.class);

  private final PartedRow row;
  private final MergeCodec codec;

  MergeStore(KeyValueStore<Bytes, byte[]> store, ModelSpec spec) {
    this.row = new PartedRow(store, "merge");
    this.codec = new MergeCodec(spec);
  }

  void save(MergeSnapshot snapshot) {
    row.save(codec.encode(snapshot));
  }

  /** Empty where there is none, or none that can be believed: the merge then goes on from the newest weights. */
  Optional<MergeSnapshot> load() {
    List<byte[]> parts = row.load();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(codec.decode(parts));
    } catch (CorruptLearnerException e) {
      LOG.error("{} The merge goes on from the newest weights.", e.getMessage());
      return Optional.empty();
    }
  }
}
