package io.millrace.topology.learn;

import io.millrace.model.kernel.Kernel;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.Learner;
import io.millrace.model.learn.sync.BrokenSequenceException;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Replica;
import io.millrace.model.learn.sync.ReplicaState;
import io.millrace.serde.ReplicaCodec;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableWindowException;
import io.millrace.state.Snapshot;
import io.millrace.topology.Names;
import io.millrace.topology.learn.PendingWindows.Pending;
import io.millrace.topology.metrics.LearnMeters;
import io.millrace.topology.overload.LearnLoad;
import io.millrace.topology.weights.WeightsBoard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The learn stage of one task: Kafka around a {@link Learner}, one data-parallel worker. */
public final class LearnProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(LearnProcessor.class);
  private static final Duration TICK = Duration.ofMillis(20);

  /** Bounds one call on a stream thread where a backlog waits, as after a restart. */
  private static final int BATCHES_AT_ONCE = 8;

  /** As many as come at once: what a poll returns. Decoded, a few megabytes. */
  private static final int WINDOWS_BESIDE = 1024;

  private static final long NO_OFFSET = -1;

  private final LearnSettings settings;
  private final Kernel kernel;
  private final WeightsBoard board;
  private final LearnMeters meters;
  private final LearnLoad load;
  private final Training training;

  private ProcessorContext<byte[], byte[]> context;
  private PendingWindows pending;
  private Skipping skipping;
  private Snapshot<ReplicaState> stored;
  private UpdateWriter writer;
  private Learner learner;
  private int worker;
  private long waitingSince;
  private long lastUpdateAt;
  private int batches;
  private long newestOffset = NO_OFFSET;

  public LearnProcessor(
      LearnSettings settings,
      Kernel kernel,
      WeightsBoard board,
      LearnMeters meters,
      LearnLoad load) {
    this.settings = settings;
    this.kernel = kernel;
    this.board = board;
    this.meters = meters;
    this.load = load;
    this.training = new Training(
        settings.thread(), load, Math.max(1, WINDOWS_BESIDE / settings.batchWindows()));
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.worker = context.taskId().partition();
    this.pending = new PendingWindows(
        context.getStateStore(Names.PENDING_WINDOWS), settings.spec(), this::lost);
    KeyValueStore<Bytes, byte[]> rows = context.getStateStore(Names.REPLICA);
    this.skipping = new Skipping(rows, worker, meters);
    this.stored = snapshot(rows);
    this.writer = new UpdateWriter(settings.spec(), worker, stored);
    this.learner = new Learner(replica(), kernel.backpropagation(settings.spec()));
    this.waitingSince = context.currentSystemTimeMs();
    this.lastUpdateAt = waitingSince;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> load.learning(() -> work(now)));
    load.pending(worker, pending.kept());
  }

  /** As of the last update. */
  private Snapshot<ReplicaState> snapshot(KeyValueStore<Bytes, byte[]> store) {
    ReplicaCodec codec = new ReplicaCodec(settings.spec());
    return new Snapshot<>(
        store,
        "replica",
        codec::encode,
        codec::decode,
        "The worker begins anew at the newest weights.");
  }

  private Replica replica() {
    return stored
        .load()
        .map(state -> Replica.restored(worker, settings.replica(), state))
        .orElseGet(() -> new Replica(worker, settings.replica(), board.merged()));
  }

  @Override
  public void process(Record<byte[], byte[]> in) {
    load.learning(() -> take(in.value()));
  }

  private void take(byte[] bytes) {
    long now = context.currentSystemTimeMs();
    if (pending.waiting() == 0) {
      waitingSince = now;
    }
    try {
      keepOrSkip(bytes, context.recordMetadata().map(RecordMetadata::offset).orElse(NO_OFFSET));
    } catch (UnusableWindowException | UndecodableException | UnknownSchemaException e) {
      meters.rejectedWindow();
      LOG.warn("{}", e.getMessage());
    }
    work(now);
  }

  /** Its row cannot be believed: the task goes on without it, or it would never go on. */
  private void lost(RuntimeException cause) {
    meters.rejectedWindow();
    LOG.error("pending window lost: {}", cause.toString());
  }

  private void keepOrSkip(byte[] bytes, long offset) {
    CutWindow window = pending.read(bytes);
    if (load.isTooFarBehind(worker, offset)) {
      skipping.skip(window);
    } else {
      pending.add(window, bytes, offset);
    }
  }

  /** Learns and tells what is due. While batches are being learned or an update is being cut, the learner is not touched. */
  private void work(long now) {
    takeLearned();
    emitWhatWasCut(now);
    if (training.isBeside()) {
      cutWhereDue(now); // before the next batch is begun, or one would always be on its way
    }
    if (training.isIdle()) {
      rebase(board.merged());
    }
    learn(now);
    cutWhereDue(now);
    load.pending(worker, pending.kept());
  }

  private void takeLearned() {
    training.take().forEach(batch -> meters.learned(batch.learned(), batch.windows()));
  }

  private void learn(long now) {
    for (int n = 0; n < BATCHES_AT_ONCE && isBatchDue(now) && mayBegin(n, now); n++) {
      List<Pending> batch = pending.take(settings.batchWindows());
      waitingSince = now;
      if (!batch.isEmpty()) {
        training.begin(
            learner, batch.stream().map(Pending::window).map(CutWindow::steps).toList());
        newestOffset = batch.get(batch.size() - 1).offset();
        batches++;
        takeLearned();
      }
    }
  }

  /**
   * An update holds all that was begun: where one is due, no more is begun until it has been emitted. Where it cannot be, for too many are
   * on their way, learning goes on.
   *
   * @param begun in this call
   */
  private boolean mayBegin(int begun, long now) {
    return !training.isCutting() && (!isUpdateDue(now) || begun == 0 && training.isIdle());
  }

  private void rebase(MergedWeights weights) {
    try {
      learner.replica().rebase(weights);
    } catch (BrokenSequenceException e) {
      LOG.error("{} The replica begins anew at version {}.", e.getMessage(), weights.version());
      learner = learner.with(new Replica(worker, settings.replica(), weights));
    }
  }

  private boolean isBatchDue(long now) {
    return pending.waiting() >= settings.batchWindows()
        || pending.waiting() > 0
            && now - waitingSince >= settings.batchMaxWait().toMillis();
  }

  private boolean isUpdateDue(long now) {
    return batches > 0
        && (batches >= settings.syncSteps()
            || load.isFull(worker)
            || now - lastUpdateAt >= settings.syncInterval().toMillis());
  }

  private void cutWhereDue(long now) {
    if (training.isIdle() && isUpdateDue(now) && learner.replica().mayCut()) {
      load.pending(worker, pending.kept());
      training.cut(writer, learner.replica(), newestOffset);
      emitWhatWasCut(now);
    }
  }

  private void emitWhatWasCut(long now) {
    training.takeCut().ifPresent(update -> emit(update, now));
  }

  /** All in one transaction: what was learned, the replica that learned it, and that its windows are done with. */
  private void emit(WrittenUpdate update, long now) {
    for (int part = 0; part < update.parts().size(); part++) {
      context.forward(
          new Record<>(
              key(part), update.parts().get(part), Math.max(0, context.currentStreamTimeMs())),
          Names.UPDATES_SINK);
    }
    stored.save(update.replica());
    pending.release();
    batches = 0;
    lastUpdateAt = now;
    meters.emitted(update.change());
  }

  @Override
  public void close() {
    training.abandon();
  }

  private byte[] key(int part) {
    return (settings.model() + "/" + worker + "/" + part).getBytes(StandardCharsets.UTF_8);
  }
}
