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
 * The parts of weights as they come, until a version is whole. Holds one unfinished version: another one displaces it, and parts of
 * versions older than the newest whole one are passed over.
 */
public final class WeightsAssembly {
  private static final long NONE = -1;

  /** Versions that nobody merges between two that are heard: what is further ahead would hold off all true ones. */
  private static final long MOST_AHEAD = 1_000_000;

  private final AvroSerde<Weights> serde = AvroSerde.of(Weights.class);
  private final ModelSpec spec;
  private final int size;
  private long whole = NONE;
  private long version = NONE;
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
    if (part.getVersion() < whole) {
      return Optional.empty();
    }
    PartAssembly gathered = part.getVersion() == version ? parts : new PartAssembly(size);
    gathered.add(part.getPart(), part.getParts(), bytes(part.getParameters()));
    if (!gathered.isComplete()) {
      version =
          part.getVersion(); // not before, or a part that is refused would hold off all that come
      // after it
      parts = gathered;
      return Optional.empty();
    }
    version = NONE; // whole or broken, they are done with
    parts = null;
    MergedWeights weights = whole(part, gathered);
    whole = weights.version();
    return Optional.of(weights);
  }

  private void check(Weights part) {
    if (!part.getSignature().equals(spec.signature())) {
      throw UnusableWeightsException.foreign(spec.signature(), part.getSignature());
    }
    long newest = whole == NONE ? Long.MAX_VALUE : whole + MOST_AHEAD;
    requireWithin("version", 0, newest, part.getVersion());
    requireWithin("stepsLearned", 0, Long.MAX_VALUE, part.getStepsLearned());
    requireWithin("rollbackVersion", 0, part.getVersion(), part.getRollbackVersion());
    requireWithin("rolledBackTo", 0, part.getRollbackVersion(), part.getRolledBackTo());
    for (WorkerSequence merged : part.getMerged()) {
      requireWithin("worker", 0, UpdateAssembly.MAX_WORKER, merged.getWorker());
      requireWithin("sequence", 0, Long.MAX_VALUE, merged.getSequence());
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static void requireWithin(String field, long least, long most, long actual) {
    if (actual < least || actual > most) {
      throw new UnusableWeightsException(field, least + " to " + most, actual);
    }
  }

  private static MergedWeights whole(Weights last, PartAssembly parts) {
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
