package io.millrace.topology.merge;

import io.millrace.model.learn.sync.BrokenSequenceException;
import io.millrace.model.learn.sync.Merge;
import io.millrace.model.learn.sync.MergeState;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Offer;
import io.millrace.model.learn.sync.RollbackGuard;
import io.millrace.model.learn.sync.RollbackState;
import io.millrace.serde.CorruptLearnerException;
import io.millrace.serde.ImportedWeights;
import io.millrace.serde.MergeCodec;
import io.millrace.serde.MergeSnapshot;
import io.millrace.serde.UndecodableException;
import io.millrace.serde.UnknownSchemaException;
import io.millrace.serde.UnusableUpdateException;
import io.millrace.serde.UnusableVocabularyException;
import io.millrace.serde.UnusableWeightsException;
import io.millrace.serde.WeightsCodec;
import io.millrace.state.Snapshot;
import io.millrace.topology.Names;
import io.millrace.topology.metrics.LearnMeters;
import io.millrace.topology.weights.VocabularyBoard;
import io.millrace.topology.weights.VocabularyKeys;
import io.millrace.topology.weights.WeightsBoard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The merge stage: Kafka around {@link Merge} and {@link RollbackGuard}. One task a model. */
public final class MergeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(MergeProcessor.class);
  private static final Duration TICK = Duration.ofMillis(20);

  private final MergeStageSettings settings;
  private final WeightsBoard board;
  private final VocabularyBoard vocabularies;
  private final LearnMeters meters;
  private final WeightsCodec codec;

  private ProcessorContext<byte[], byte[]> context;
  private Snapshot<MergeSnapshot> stored;
  private Inbox inbox;
  private ImportInbox imports;
  private VocabularyGrowth growth;
  private Merge merge;
  private RollbackGuard guard;
  private List<Offer> restored;
  private long roundSince;
  private boolean initialIsDue;

  public MergeProcessor(
      MergeStageSettings settings,
      WeightsBoard board,
      VocabularyBoard vocabularies,
      LearnMeters meters) {
    this.settings = settings;
    this.board = board;
    this.vocabularies = vocabularies;
    this.meters = meters;
    this.codec = new WeightsCodec(settings.spec());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.stored = snapshot(context.getStateStore(Names.MERGED));
    this.inbox = new Inbox(context.getStateStore(Names.INBOX), settings.spec(), this::rejected);
    this.imports = new ImportInbox(context.getStateStore(Names.INBOX), settings.spec());
    this.growth =
        new VocabularyGrowth(context.getStateStore(Names.MERGED), settings, vocabularies.ids());
    Optional<MergeSnapshot> before = stored.load();
    MergeSnapshot snapshot = before.orElseGet(this::initial);
    this.initialIsDue = settings.announcesInitial()
        && before.isEmpty()
        && snapshot.merge().weights().version() == 0;
    this.merge = new Merge(settings.merge(), snapshot.merge());
    this.guard = new RollbackGuard(settings.rollback(), snapshot.rollback());
    this.restored = inbox.restore();
    this.roundSince = context.currentSystemTimeMs();
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::closeWhenDue);
  }

  /** As of the newest version. */
  private Snapshot<MergeSnapshot> snapshot(KeyValueStore<Bytes, byte[]> store) {
    MergeCodec merges = new MergeCodec(settings.spec());
    return new Snapshot<>(
        store,
        "merge",
        merges::encode,
        merges::decode,
        "The merge goes on from the newest weights.");
  }

  private MergeSnapshot initial() {
    return new MergeSnapshot(
        MergeState.initial(board.merged()), RollbackState.initial(board.merged()));
  }

  @Override
  public void process(Record<byte[], byte[]> part) {
    announceInitial();
    offerRestored();
    if (ImportInbox.isImport(part.key(), settings.model())) {
      receiveImport(part.value());
    } else if (VocabularyKeys.match(part.key(), settings.model())) {
      receiveNewValues(part.value());
    } else {
      receiveUpdate(part.value());
    }
  }

  private void receiveUpdate(byte[] part) {
    try {
      inbox.add(part).ifPresent(this::receive);
    } catch (UnusableUpdateException
        | CorruptLearnerException
        | UndecodableException
        | UnknownSchemaException e) {
      rejected(e);
    }
  }

  private void receive(Inbox.Arrived update) {
    offer(update.offer());
    if (merge.open().contains(update.offer())) {
      inbox.keep(update);
    }
  }

  private void rejected(RuntimeException cause) {
    meters.rejectedUpdate();
    LOG.error("{}", cause.getMessage());
  }

  private void receiveNewValues(byte[] request) {
    try {
      growth.grow(request).forEach(this::emit);
    } catch (UnusableVocabularyException | UndecodableException | UnknownSchemaException e) {
      meters.rejectedUpdate();
      LOG.error("{} The texts get no ids.", e.getMessage());
    }
  }

  private void receiveImport(byte[] part) {
    try {
      imports.add(part).ifPresent(this::takeOver);
    } catch (UnusableWeightsException
        | CorruptLearnerException
        | UndecodableException
        | UnknownSchemaException e) {
      imports.release();
      meters.rejectedWeights();
      LOG.error("{} The import is not taken over.", e.getMessage());
    }
  }

  private void takeOver(ImportedWeights foreign) {
    MergedWeights before = merge.weights();
    MergedWeights imported = merge.replace(foreign.values());
    guard = new RollbackGuard(settings.rollback(), RollbackState.initial(imported));
    LOG.warn(
        "weights imported: origin={}, version={}, in place of version={}, steps={}",
        foreign.origin(),
        imported.version(),
        before.version(),
        before.stepsLearned());
    emit(imported);
    imports.release();
    remember();
  }

  /** Not in {@link #init}, where nothing can be forwarded. */
  private void announceInitial() {
    if (initialIsDue) {
      initialIsDue = false;
      growth.all().forEach(this::emit);
      emit(merge.weights());
      remember();
    }
  }

  /** Not in {@link #init} either: the last of them may close the round. */
  private void offerRestored() {
    List<Offer> offers = restored;
    restored = List.of();
    offers.forEach(this::offer);
  }

  private void offer(Offer offer) {
    if (merge.open().isEmpty()) {
      roundSince = context.currentSystemTimeMs();
    }
    MergedWeights before = merge.weights();
    try {
      merge.offer(offer.worker(), offer.change()).ifPresent(after -> publish(before, after));
    } catch (BrokenSequenceException e) {
      inbox.forget(offer);
      rejected(e);
    }
  }

  private void closeWhenDue(long now) {
    announceInitial();
    offerRestored();
    if (now - roundSince >= settings.maxWait().toMillis()) {
      MergedWeights before = merge.weights();
      merge.close().ifPresent(after -> publish(before, after));
    }
  }

  /** All in one transaction: the version, its parts, the state that made it, and that its updates are done with. */
  private void publish(MergedWeights before, MergedWeights after) {
    emit(after);
    Optional<MergedWeights> good = guard.observe(before, after);
    good.ifPresent(weights -> {
      MergedWeights again = merge.rollback(weights);
      LOG.warn(
          "weights rolled back: version={}, loss={}, back to version={}, loss={}, announced as version={}",
          after.version(),
          after.loss(),
          weights.version(),
          weights.loss(),
          again.version());
      emit(again);
    });
    remember();
  }

  private void remember() {
    stored.save(new MergeSnapshot(merge.state(), guard.state()));
    inbox.release(merge.weights());
    meters.merged(merge.state());
  }

  private void emit(MergedWeights weights) {
    List<byte[]> parts = codec.encode(weights, settings.configHash());
    for (int part = 0; part < parts.size(); part++) {
      emit(key(part), parts.get(part));
    }
  }

  private void emit(VocabularyGrowth.Published part) {
    emit(part.key(), part.value());
  }

  private void emit(byte[] key, byte[] value) {
    context.forward(
        new Record<>(key, value, Math.max(0, context.currentStreamTimeMs())), Names.WEIGHTS_SINK);
  }

  private byte[] key(int part) {
    return (settings.model() + "/" + part).getBytes(StandardCharsets.UTF_8);
  }
}
