package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Rollback;
import io.millrace.schemas.Weights;
import io.millrace.schemas.WorkerSequence;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parts of weights as they come, until a version is whole. Holds one unfinished version: a newer one displaces it, and parts of
 * older ones are passed over.
 */
public final class WeightsAssembly {
  private final AvroSerde<Weights> serde = AvroSerde.of(Weights.class);
  private final ModelSpec spec;
  private final int size;
  private long version = -1;
  private PartAssembly parts;

  public WeightsAssembly(ModelSpec spec) {
    this.spec = spec;
    this.size = new ParameterLayout(spec).size();
  }

  /**
   * @param bytes null for a tombstone, which says nothing
   * @return the version that this part completes
   * @throws UndecodableException when the bytes are no weights
   * @throws UnknownSchemaException when they name a schema that is not known
   * @throws CorruptLearnerException when the parts do not make such parameters
   * @throws UnusableWeightsException naming the first field that cannot be believed
   */
  public Optional<MergedWeights> add(byte[] bytes) {
    if (bytes == null) {
      return Optional.empty();
    }
    Weights part = serde.decode(bytes);
    check(part);
    if (part.getVersion() < version) {
      return Optional.empty();
    }
    if (part.getVersion() > version) {
      version = part.getVersion();
      parts = new PartAssembly(size);
    }
    parts.add(part.getPart(), part.getParts(), bytes(part.getParameters()));
    return parts.isComplete() ? Optional.of(whole(part)) : Optional.empty();
  }

  private void check(Weights part) {
    if (!part.getSignature().equals(spec.signature())) {
      throw UnusableWeightsException.foreign(spec.signature(), part.getSignature());
    }
    require("version", part.getVersion() >= 0, "at least 0", part.getVersion());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static void require(String field, boolean holds, Object expected, Object actual) {
    if (!holds) {
      throw new UnusableWeightsException(field, expected, actual);
    }
  }

  private MergedWeights whole(Weights last) {
    return new MergedWeights(
        last.getVersion(),
        parts.join(last.getChecksum()),
        sequences(last),
        last.getStepsLearned(),
        last.getLoss(),
        new Rollback(last.getRollbackVersion(), last.getRolledBackTo()));
  }

  private static Map<Integer, Long> sequences(Weights weights) {
    Map<Integer, Long> sequences = new TreeMap<>();
    for (WorkerSequence merged : weights.getMerged()) {
      sequences.put(merged.getWorker(), merged.getSequence());
    }
    return sequences;
  }
}
