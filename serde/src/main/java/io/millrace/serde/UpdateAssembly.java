package io.millrace.serde;

import io.millrace.model.ModelSpec;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.Offer;
import io.millrace.model.learn.sync.Tally;
import io.millrace.schemas.Update;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of updates as they come, until one is whole. Holds at most one unfinished update a worker: a newer one displaces it.
 */
public final class UpdateAssembly {
  /** Workers are partitions; more of them than any topic has are nobody's. */
  static final int MAX_WORKER = 65_535;

  /** More than a worker learns in years: a count from outside must not overflow the ledger. */
  private static final long MAX_WINDOWS = 1L << 30;

  private final AvroSerde<Update> serde = AvroSerde.of(Update.class);
  private final Map<Integer, Unfinished> byWorker = new HashMap<>();
  private final ModelSpec spec;
  private final int size;

  private record Unfinished(Update first, PartAssembly parts) {}

  public UpdateAssembly(ModelSpec spec) {
    this.spec = spec;
    this.size = new ParameterLayout(spec).size();
  }

  /**
   * @throws UndecodableException when the bytes are no update
   * @throws UnknownSchemaException when they name a schema that is not known
   * @throws UnusableUpdateException naming the first field that cannot be believed
   */
  public UpdatePart read(byte[] bytes) {
    if (bytes == null) {
      throw new UnusableUpdateException("value", "an update", null);
    }
    Update update = serde.decode(bytes);
    require(
        "signature",
        update.getSignature().equals(spec.signature()),
        spec.signature(),
        update.getSignature());
    int worker = update.getWorker();
    require("worker", worker >= 0 && worker <= MAX_WORKER, "0 to " + MAX_WORKER, worker);
    require("sequence", update.getSequence() > 0, "above 0", update.getSequence());
    require("baseVersion", update.getBaseVersion() >= 0, "at least 0", update.getBaseVersion());
    require(
        "windows",
        update.getWindows() > 0 && update.getWindows() <= MAX_WINDOWS,
        "1 to " + MAX_WINDOWS,
        update.getWindows());
    long most = WindowCodec.MAX_STEPS * update.getWindows();
    require(
        "steps",
        update.getSteps() > 0 && update.getSteps() <= most,
        "1 to " + most,
        update.getSteps());
    return new UpdatePart(update);
  }

  private static void require(String field, boolean holds, Object expected, Object actual) {
    if (!holds) {
      throw new UnusableUpdateException(field, expected, actual);
    }
  }

  /**
   * @return the update that this part completes
   * @throws CorruptLearnerException when the parts do not make a change of such parameters
   */
  public Optional<Offer> add(UpdatePart part) {
    Update update = part.record();
    Unfinished unfinished = byWorker.get(update.getWorker());
    if (unfinished == null || unfinished.first().getSequence() != update.getSequence()) {
      unfinished = new Unfinished(update, new PartAssembly(size));
      byWorker.put(update.getWorker(), unfinished);
    }
    PartAssembly parts = unfinished.parts();
    parts.add(update.getPart(), update.getParts(), bytes(update.getChange()));
    if (!parts.isComplete()) {
      return Optional.empty();
    }
    byWorker.remove(update.getWorker());
    return Optional.of(whole(update, parts.joinUnchecked(update.getChecksum())));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static Offer whole(Update update, float[] delta) {
    Tally tally = new Tally(update.getWindows(), update.getSteps(), update.getLossSum());
    return new Offer(
        update.getWorker(),
        new Change(update.getBaseVersion(), update.getSequence(), tally, delta));
  }
}
