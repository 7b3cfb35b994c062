package io.millrace.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.model.kernel.Kernel;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.state.OpenWindows;
import io.millrace.state.writeback.CacheBudget;
import io.millrace.state.writeback.ChangelogWatch;
import io.millrace.state.writeback.Neighbours;
import io.millrace.state.writeback.WriteBackStore;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.config.Stage;
import io.millrace.topology.learn.LearnProcessor;
import io.millrace.topology.learn.LearnSettings;
import io.millrace.topology.merge.MergeProcessor;
import io.millrace.topology.metrics.CategoryMeters;
import io.millrace.topology.metrics.LearnMeters;
import io.millrace.topology.metrics.Meters;
import io.millrace.topology.overload.LearnLoad;
import io.millrace.topology.score.RecordTime;
import io.millrace.topology.score.ScoreProcessor;
import io.millrace.topology.score.ScoreSettings;
import io.millrace.topology.weights.VocabularyBoard;
import io.millrace.topology.weights.WeightsBoard;
import io.millrace.topology.weights.WeightsProcessor;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * <pre>
 *   events, labels -> [ score ] -> scores, dead-letters
 *             (key-states, open-windows)
 *                  |
 *               windows -> [ learn ] -> updates -> [ merge ] -> weights -> (weights, in every instance)
 *                          (pending-windows, replica)  (pending-updates, merged)
 * </pre>
 */
public final class MillraceTopology {
  private static final int UNWRITTEN_ROWS_AT_LEAST_ONCE = 1024;

  private final Topology topology = new Topology();
  private final MillraceConfig config;
  private final Kernel kernel;
  private final boolean keepsChangelogs;
  private final WeightsBoard board;
  private final VocabularyBoard vocabularies;
  private final LearnMeters learning;
  private final LearnLoad load;
  private final CacheBudget cache;
  private final ChangelogWatch changelogs;

  private MillraceTopology(
      MillraceConfig config,
      Kernel kernel,
      MeterRegistry registry,
      LearnLoad load,
      ChangelogWatch changelogs,
      boolean keepsChangelogs) {
    this.config = config;
    this.kernel = config.kernelWeights().of(kernel);
    this.keepsChangelogs = keepsChangelogs;
    this.board = new WeightsBoard(config.initialParameters(), this.kernel);
    this.vocabularies = new VocabularyBoard(config.initialCategoryIds());
    this.learning = new LearnMeters(registry);
    this.load = load;
    this.cache = cacheBudget(config);
    this.changelogs = changelogs;
  }

  /** The stages that the configuration names; events are read as it says. */
  public static Topology build(MillraceConfig config, Kernel kernel, MeterRegistry registry) {
    return build(config, kernel, registry, config.eventMappers());
  }

  /**
   * The stages that the configuration names.
   *
   * @param mappers makes one for each task of the score stage, in place of the one that is configured
   */
  public static Topology build(
      MillraceConfig config,
      Kernel kernel,
      MeterRegistry registry,
      Supplier<? extends EventMapper> mappers) {
    return build(
        config,
        kernel,
        registry,
        mappers,
        new LearnLoad(config.overloadSettings()),
        new ChangelogWatch());
  }

  /**
   * The stages that the configuration names.
   *
   * @param mappers makes one for each task of the score stage, in place of the one that is configured
   * @param load the one that the stream threads' consumers go by
   * @param changelogs to be attached to the streams; where it is not, stores at least once are slower
   */
  public static Topology build(
      MillraceConfig config,
      Kernel kernel,
      MeterRegistry registry,
      Supplier<? extends EventMapper> mappers,
      LearnLoad load,
      ChangelogWatch changelogs) {
    return new MillraceTopology(config, kernel, registry, load, changelogs, true)
        .stages(mappers, registry);
  }

  /**
   * The same without any store's changelog, all of it on the thread that drives it: for a run that is the same each time, and that
   * nobody goes on with, since what it remembers ends with it.
   */
  public static Topology buildWithoutChangelogs(
      MillraceConfig config, Kernel kernel, MeterRegistry registry) {
    LearnLoad load = new LearnLoad(config.overloadSettings());
    return new MillraceTopology(config, kernel, registry, load, new ChangelogWatch(), false)
        .stages(config.eventMappers(), registry);
  }

  /** At least once, a commit writes a store's rows below, and every event waits for it. */
  private static CacheBudget cacheBudget(MillraceConfig config) {
    return config.isExactlyOnce()
        ? CacheBudget.of(config.stateCacheBytes())
        : CacheBudget.of(config.stateCacheBytes(), UNWRITTEN_ROWS_AT_LEAST_ONCE);
  }

  private Topology stages(Supplier<? extends EventMapper> mappers, MeterRegistry registry) {
    weights();
    for (Stage stage : config.stages()) {
      switch (stage) {
        case SCORE ->
          score(mappers, new Meters(registry), new CategoryMeters(registry, vocabularies::ids));
        case LEARN -> learn();
        case MERGE -> merge();
      }
    }
    return topology;
  }

  private void weights() {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(Names.WEIGHTS), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled(),
        Names.WEIGHTS_SOURCE,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        config.topics().weights(),
        Names.WEIGHTS_READER,
        () -> new WeightsProcessor(
            board, vocabularies, config.getString(Settings.MODEL_NAME), learning));
  }

  private void score(
      Supplier<? extends EventMapper> mappers, Meters meters, CategoryMeters categories) {
    ScoreSettings settings = config.scoreSettings();
    Supplier<EventMapper> labelMappers = config.labelMappers();
    addSource(Names.EVENTS_SOURCE, config.topics().events());
    settings.labelsTopic().ifPresent(topic -> addSource(Names.LABELS_SOURCE, topic));
    topology.addProcessor(
        Names.SCORE,
        () -> new ScoreProcessor(
            settings,
            mappers.get(),
            labelMappers.get(),
            config.scoreWriters(),
            board::packed,
            vocabularies::ids,
            meters,
            categories),
        settings.labelsTopic().isPresent()
            ? new String[] {Names.EVENTS_SOURCE, Names.LABELS_SOURCE}
            : new String[] {Names.EVENTS_SOURCE});
    addStore(Names.KEY_STATES, Names.SCORE);
    addSink(Names.SCORES_SINK, config.topics().scores(), Names.SCORE);
    addSink(Names.DEAD_LETTERS_SINK, config.topics().deadLetters(), Names.SCORE);
    if (config.isLearning()) {
      addStore(Names.OPEN_WINDOWS, Names.SCORE, OpenWindows.NEIGHBOURS);
      addSink(Names.WINDOWS_SINK, config.topics().windows(), Names.SCORE);
    }
    if (settings.asksForIds()) {
      addSink(Names.NEW_VALUES_SINK, config.topics().updates(), Names.SCORE);
    }
  }

  private void learn() {
    LearnSettings settings =
        keepsChangelogs ? config.learnSettings() : config.learnSettings().onTheStreamsThread();
    addSource(Names.WINDOWS_SOURCE, config.topics().windows());
    topology.addProcessor(
        Names.LEARN,
        () -> new LearnProcessor(settings, kernel, board, learning, load),
        Names.WINDOWS_SOURCE);
    addStore(Names.PENDING_WINDOWS, Names.LEARN);
    addStore(Names.REPLICA, Names.LEARN);
    addSink(Names.UPDATES_SINK, config.topics().updates(), Names.LEARN);
  }

  private void merge() {
    addSource(Names.UPDATES_SOURCE, config.topics().updates());
    topology.addProcessor(
        Names.MERGE,
        () -> new MergeProcessor(config.mergeSettings(), board, vocabularies, learning),
        Names.UPDATES_SOURCE);
    addStore(Names.INBOX, Names.MERGE);
    addStore(Names.MERGED, Names.MERGE);
    addSink(Names.WEIGHTS_SINK, config.topics().weights(), Names.MERGE);
  }

  private void addSource(String name, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new RecordTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }

  private void addSink(String name, String topic, String stage) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), stage);
  }

  private void addStore(String name, String stage) {
    addStore(name, stage, Neighbours.NONE);
  }

  /** Not in Kafka Streams' own cache: it holds back the changelog as well, and costs more than it saves where the rows do not fit it. */
  private void addStore(String name, String stage, Neighbours neighbours) {
    KeyValueBytesStoreSupplier supplier = switch (config.stateStore()) {
      case ROCKSDB ->
        WriteBackStore.before(Stores.persistentKeyValueStore(name), cache, changelogs, neighbours);
      case MEMORY -> Stores.inMemoryKeyValueStore(name);
    };
    StoreBuilder<KeyValueStore<Bytes, byte[]>> store = Stores.keyValueStoreBuilder(
            supplier, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled();
    topology.addStateStore(
        keepsChangelogs ? store.withLoggingEnabled(Map.of()) : store.withLoggingDisabled(), stage);
  }
}
