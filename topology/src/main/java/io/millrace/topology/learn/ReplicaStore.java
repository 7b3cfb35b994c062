package io.millrace.topology.learn;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.ReplicaState;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.ReplicaCodec;
import io.millrace.state.PartedRow;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code replica} store of one worker: as it was when its last update was emitted. */
final class ReplicaStore {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaStore.class);

  private final PartedRow row;
  private final ReplicaCodec codec;

  ReplicaStore(KeyValueStore<Bytes, byte[]> store, ModelSpec spec) {
    this.row = new PartedRow(store, "replica");
    this.codec = new ReplicaCodec(spec);
  }

  void save(ReplicaState state) {
    row.save(codec.encode(state));
  }

  /** Empty where there is none, or none that can be believed: the worker then begins at the newest weights. */
  Optional<ReplicaState> load() {
    List<byte[]> parts = row.load();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(codec.decode(parts));
    } catch (CorruptLearnerException e) {
      LOG.error("{} The worker begins anew at the newest weights.", e.getMessage());
      return Optional.empty();
    }
  }
}
