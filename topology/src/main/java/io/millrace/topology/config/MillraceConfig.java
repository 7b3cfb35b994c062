package io.millrace.topology.config;

import io.millrace.model.CategoryInput;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.kernel.WeightFormat;
import io.millrace.model.learn.optimizer.OptimizerSettings;
import io.millrace.model.learn.optimizer.RateSchedule;
import io.millrace.model.learn.sync.MergeSettings;
import io.millrace.model.learn.sync.ReplicaSettings;
import io.millrace.model.learn.sync.RollbackSettings;
import io.millrace.model.scoring.ScoringSettings;
import io.millrace.model.scoring.ScoringSettings.LateEvents;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.StateEncoding;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.mapping.Source;
import io.millrace.serde.registry.ConfluentWriter;
import io.millrace.serde.registry.SchemaRegistry;
import io.millrace.serde.safetensors.WeightsFile;
import io.millrace.state.WindowSettings;
import io.millrace.topology.learn.LearnSettings;
import io.millrace.topology.learn.LearnThread;
import io.millrace.topology.merge.MergeStageSettings;
import io.millrace.topology.overload.OverloadSettings;
import io.millrace.topology.score.ScoreSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A checked configuration. Settings under {@code streams.}, {@code producer.}, {@code consumer.} and {@code rocksdb.} pass
 * through to those who know them.
 */
public final class MillraceConfig extends AbstractConfig {
  private static final int HEAP_PER_CACHE = 4;

  private SchemaRegistry registry;

  MillraceConfig(Map<String, String> values) {
    super(Settings.DEFINITION, values, false);
  }

  /**
   * Layers defaults, file, environment ({@code MILLRACE_MODEL_HIDDEN} is {@code model.hidden}) and command line, in this order.
   *
   * @throws ConfigErrors with everything that is wrong
   */
  public static MillraceConfig load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> sets) {
    return ConfigLayers.of(Map.of(), file, environment, sets, Set.of());
  }

  public Topics topics() {
    return new Topics(
        topic("events"),
        topic("labels"),
        topic("scores"),
        topic("windows"),
        topic("updates"),
        topic("weights"),
        topic("control"),
        topic("dead-letters"));
  }

  private String topic(String name) {
    return getString(Settings.TOPIC_PREFIX + name);
  }

  public ModelSpec modelSpec() {
    return ModelSettings.spec(this);
  }

  /** How each of the events' categorical fields becomes an id, in their order. */
  public List<CategoryInput> categoryFields() {
    return ModelSettings.categories(this);
  }

  /**
   * Version 0 of the weights: of the file where one is named, else of the seed.
   *
   * @throws io.millrace.serde.safetensors.UnusableFileException when that file cannot be believed
   */
  public Parameters initialParameters() {
    return hasInitialFile()
        ? initialFile().parameters()
        : Parameters.initial(modelSpec(), getLong(Settings.MODEL_SEED));
  }

  private boolean hasInitialFile() {
    return !getString(Settings.MODEL_INITIAL).isEmpty();
  }

  private WeightsFile initialFile() {
    return WeightsFile.read(
        Path.of(getString(Settings.MODEL_INITIAL)),
        modelSpec(),
        categoryFields(),
        getList(Settings.MODEL_INITIAL_PREFIX));
  }

  /** The ids that texts have before any is met in the stream: those of the file where one is named, else none. */
  public CategoryIds initialCategoryIds() {
    return hasInitialFile() ? initialFile().ids() : CategoryIds.initial(categoryFields());
  }

  /** As configured; {@code auto} is resolved by {@code Kernels}. */
  public String kernel() {
    return getString(Settings.KERNEL);
  }

  public WeightFormat kernelWeights() {
    return enumOf(WeightFormat.class, Settings.KERNEL_WEIGHTS);
  }

  public StateStore stateStore() {
    return enumOf(StateStore.class, Settings.STATE_STORE);
  }

  /** Bytes of heap for the rows of all stores. */
  public long stateCacheBytes() {
    long bytes = getLong(Settings.STATE_CACHE);
    return bytes >= 0 ? bytes : Runtime.getRuntime().maxMemory() / HEAP_PER_CACHE;
  }

  public StateEncoding stateEncoding() {
    return enumOf(StateEncoding.class, Settings.STATE_ENCODING);
  }

  public ScoreSettings scoreSettings() {
    ScoringSettings scoring = new ScoringSettings(
        getInt(Settings.SCORE_WARMUP),
        getInt(Settings.NORMALIZE_HORIZON),
        getInt(Settings.SCORE_HORIZON),
        getInt(Settings.SCORE_RECENT),
        getInt(Settings.SCORE_PEAK),
        getInt(Settings.SCORE_QUIET),
        getInt(Settings.SCORE_RANGE),
        enumOf(LateEvents.class, Settings.EVENT_LATE),
        duration(Settings.SEQUENCE_GAP).toMillis());
    return new ScoreSettings(
        modelSpec(),
        categoryFields(),
        getString(Settings.MODEL_NAME),
        scoring,
        stateEncoding(),
        duration(Settings.STATE_TTL),
        duration(Settings.STATE_EXPIRY_INTERVAL),
        getInt(Settings.STATE_EXPIRY_ROWS),
        isLearning() ? Optional.of(windowSettings()) : Optional.empty(),
        labelsTopic());
  }

  /**
   * Makes the mappers that the configuration describes, one for each task.
   *
   * @throws ConfigErrors when a file that it names has changed for the worse since it was checked
   */
  public Supplier<EventMapper> eventMappers() {
    return Mappers.of(this, Source.EVENT);
  }

  /** The same for labels that come by a topic: of what is mapped, the key, the id and the label count. */
  public Supplier<EventMapper> labelMappers() {
    return Mappers.of(this, Source.LABEL);
  }

  /** Makes what writes a score to bytes, one for each task; asks the registry where there is one. */
  public Supplier<Function<Score, byte[]>> scoreWriters() {
    if (RegistryConfig.isSet(this)) {
      return () -> new ConfluentWriter<>(Score.class, schemaRegistry(), topics().scores())::encode;
    }
    return () -> AvroSerde.of(Score.class)::encode;
  }

  /** One for all tasks. */
  synchronized SchemaRegistry schemaRegistry() {
    if (registry == null) {
      registry = new SchemaRegistry(RegistryConfig.of(this));
    }
    return registry;
  }

  public boolean isLearning() {
    return getBoolean(Settings.LEARN_ENABLED);
  }

  /** From the last event of a key until what it taught is in the weights, with nothing in the way; commits not counted. */
  public Duration longestLearningDelay() {
    return Stream.of(
            Settings.WINDOW_IDLE,
            Settings.BATCH_MAX_WAIT,
            Settings.SYNC_INTERVAL,
            Settings.MERGE_MAX_WAIT)
        .map(this::duration)
        .reduce(Duration.ofSeconds(1), Duration::plus);
  }

  private WindowSettings windowSettings() {
    return new WindowSettings(
        getInt(Settings.WINDOW_SIZE),
        duration(Settings.WINDOW_IDLE).toMillis(),
        labelsTopic().isPresent()
            ? OptionalLong.of(duration(Settings.LABEL_WAIT).toMillis())
            : OptionalLong.empty());
  }

  /** Where labels come by themselves. */
  public Optional<String> labelsTopic() {
    return Optional.of(topics().labels()).filter(name -> !name.isEmpty());
  }

  public LearnSettings learnSettings() {
    return new LearnSettings(
        modelSpec(),
        getString(Settings.MODEL_NAME),
        getInt(Settings.BATCH_WINDOWS),
        duration(Settings.BATCH_MAX_WAIT),
        getInt(Settings.SYNC_STEPS),
        duration(Settings.SYNC_INTERVAL),
        new ReplicaSettings(optimizerSettings(), getInt(Settings.UPDATE_IN_FLIGHT)),
        LearnThread.valueOf(getString(Settings.LEARN_THREAD).toUpperCase(Locale.ROOT)));
  }

  public OverloadSettings overloadSettings() {
    return new OverloadSettings(
        getDouble(Settings.LEARN_SHARE),
        duration(Settings.LEARN_YIELD_AFTER),
        getLong(Settings.LEARN_MAX_PENDING),
        getLong(Settings.LEARN_MAX_LAG));
  }

  private OptimizerSettings optimizerSettings() {
    return new OptimizerSettings(
        enumOf(OptimizerSettings.Kind.class, Settings.OPTIMIZER),
        getDouble(Settings.OPTIMIZER_RATE),
        getDouble(Settings.OPTIMIZER_MOMENTUM),
        getDouble(Settings.OPTIMIZER_BETA1),
        getDouble(Settings.OPTIMIZER_BETA2),
        getDouble(Settings.OPTIMIZER_EPSILON),
        getDouble(Settings.OPTIMIZER_WEIGHT_DECAY),
        getDouble(Settings.OPTIMIZER_CLIP_NORM),
        new RateSchedule(
            getLong(Settings.OPTIMIZER_WARMUP),
            enumOf(RateSchedule.Decay.class, Settings.OPTIMIZER_DECAY),
            getDouble(Settings.OPTIMIZER_DECAY_HORIZON)));
  }

  public MergeStageSettings mergeSettings() {
    return new MergeStageSettings(
        modelSpec(),
        categoryFields(),
        getString(Settings.MODEL_NAME),
        duration(Settings.MERGE_MAX_WAIT),
        new MergeSettings(
            getLong(Settings.UPDATE_MAX_STALENESS),
            getDouble(Settings.MERGE_RATE),
            getDouble(Settings.MERGE_MOMENTUM),
            getLong(Settings.MERGE_PRESENCE),
            getDouble(Settings.MERGE_EXPLOSION)),
        new RollbackSettings(
            getDouble(Settings.ROLLBACK_THRESHOLD),
            getLong(Settings.ROLLBACK_PATIENCE),
            getLong(Settings.ROLLBACK_HORIZON)),
        hasInitialFile(),
        learnerHash());
  }

  /** Of what decides how a stream is learned. A file counts by what it holds, wherever it lies. */
  private long learnerHash() {
    CRC32C crc = new CRC32C();
    Stream.of(
            "model.", "window.", "label.wait", "batch.", "sync.", "optimizer", "merge.", "update.")
        .flatMap(prefix -> values().keySet().stream().filter(name -> name.startsWith(prefix)))
        .filter(name -> !name.startsWith(Settings.MODEL_INITIAL))
        .sorted()
        .forEach(name ->
            crc.update((name + "=" + values().get(name) + "\n").getBytes(StandardCharsets.UTF_8)));
    if (hasInitialFile()) {
      crc.update(
          ByteBuffer.allocate(Long.BYTES).putLong(initialFile().checksum()).flip());
    }
    return crc.getValue();
  }

  /** The stages that run here; those that learn only where learning is enabled. */
  public Set<Stage> stages() {
    List<String> names = getList(Settings.STAGES);
    return Stream.of(Stage.values())
        .filter(stage -> names.contains("all") || names.contains(stage.text()))
        .filter(stage -> stage == Stage.SCORE || isLearning())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Stage.class)));
  }

  /** Those without which these stages cannot run. */
  public Set<String> requiredTopics() {
    Topics topics = topics();
    Set<String> required = new TreeSet<>(List.of(topics.weights(), topics.deadLetters()));
    for (Stage stage : stages()) {
      switch (stage) {
        case SCORE -> {
          required.addAll(List.of(topics.events(), topics.scores()));
          labelsTopic().ifPresent(required::add);
        }
        case LEARN -> required.add(topics.updates());
        case MERGE -> required.add(topics.updates());
      }
    }
    if (isLearning() && !stages().equals(Set.of(Stage.MERGE))) {
      required.add(topics.windows());
    }
    if (stages().contains(Stage.SCORE) && scoreSettings().asksForIds()) {
      required.add(topics.updates());
    }
    return required;
  }

  /** As Kafka knows it: stages deployed apart are applications of their own. */
  public String applicationId() {
    String id = getString(Settings.APPLICATION_ID);
    List<String> names = getList(Settings.STAGES);
    return names.contains("all") ? id : id + "-" + String.join("-", names);
  }

  /** Whether scores, states and offsets are committed in one transaction. */
  public boolean isExactlyOnce() {
    return !getString(Settings.PROCESSING_GUARANTEE).equals(StreamsConfig.AT_LEAST_ONCE);
  }

  /** Whether this instance is a member that comes back, so that its group waits for it when it stops. */
  public boolean isStaticMember() {
    return MembershipSettings.isStatic(this);
  }

  /** By which the cluster knows this application, where it gives a name and a password. */
  public Optional<String> user() {
    return SecuritySettings.user(this);
  }

  public Properties streamsProperties() {
    return KafkaSettings.streams(this);
  }

  public Map<String, Object> producerProperties() {
    return KafkaSettings.client(this, "producer.");
  }

  public Map<String, Object> consumerProperties() {
    return KafkaSettings.client(this, "consumer.");
  }

  public Map<String, Object> adminProperties() {
    return KafkaSettings.client(this, "admin.");
  }

  Duration duration(String name) {
    return Durations.parse(getString(name));
  }

  /** What was set under a prefix, without it. */
  Map<String, Object> under(String prefix) {
    return new HashMap<>(originalsWithPrefix(prefix));
  }

  <E extends Enum<E>> E enumOf(Class<E> type, String name) {
    return constant(type, getString(name));
  }

  /** The constant that a value in a configuration means. */
  static <E extends Enum<E>> E constant(Class<E> type, String value) {
    return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
