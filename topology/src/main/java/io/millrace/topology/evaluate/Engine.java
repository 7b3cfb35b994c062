package io.millrace.topology.evaluate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.category.CategoryIds;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.VocabularyCodec;
import io.millrace.serde.VocabularyPart;
import io.millrace.serde.WeightsAssembly;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.Names;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.csv.CsvRow;
import io.millrace.topology.csv.RowEncoder;
import io.millrace.topology.metrics.CategoryMeters;
import io.millrace.topology.weights.VocabularyKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The application's topology, driven record by record in this thread. */
final class Engine implements AutoCloseable {
  private final RowEncoder encoder = new RowEncoder();
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> in;
  private final TestOutputTopic<byte[], byte[]> out;
  private final TestOutputTopic<byte[], byte[]> deadLetters;

  /** Between two rows, in record time and on the wall clock alike. */
  private static final Duration ROW = Duration.ofMillis(1);

  private static final Duration SETTLE_STEP = Duration.ofMillis(100);

  /** Longer than any number of keys needs that fit a heap. */
  private static final Duration SETTLE_LIMIT = Duration.ofHours(2);

  private static final int ROWS_BETWEEN_CLEANING = 1024;

  /** Arrival, in record time: a millisecond a row, so that expiry and the like do not depend on the wall clock. */
  private long arrival;

  private final MillraceConfig config;

  /** Texts without an id in the first categorical field, the one that the category head predicts. */
  private final Optional<Counter> unknown;

  Engine(MillraceConfig config) {
    this.config = config;
    driver = new TopologyTestDriver(
        MillraceTopology.buildWithoutChangelogs(
            config, Kernels.choose(config.kernel()).kernel(), meters),
        properties(),
        Instant.EPOCH);
    unknown = Optional.ofNullable(
        meters.find(CategoryMeters.UNKNOWN).tag(CategoryMeters.FIELD, "0").counter());
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    in = driver.createInputTopic(
        config.topics().events(), new ByteArraySerializer(), new ByteArraySerializer());
    out = driver.createOutputTopic(config.topics().scores(), bytes, bytes);
    deadLetters = driver.createOutputTopic(config.topics().deadLetters(), bytes, bytes);
  }

  /** Rows come one at a time, so no partition need be waited for. */
  private Properties properties() {
    Properties properties = config.streamsProperties();
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    return properties;
  }

  /** Waits, in the engine's own time, until every window is cut and nothing is left to learn. */
  void settle() {
    pass(config.longestLearningDelay());
    for (Duration waited = Duration.ZERO;
        openSteps() > 0 && waited.compareTo(SETTLE_LIMIT) < 0;
        waited = waited.plus(SETTLE_STEP)) {
      driver.advanceWallClockTime(SETTLE_STEP);
    }
    pass(config.longestLearningDelay());
    dropUnread();
  }

  private void pass(Duration time) {
    for (long waited = 0; waited < time.toMillis(); waited += SETTLE_STEP.toMillis()) {
      driver.advanceWallClockTime(SETTLE_STEP);
    }
  }

  private double openSteps() {
    return meter("millrace.steps.eligible")
        - meter("millrace.windows.steps")
        - meter("millrace.steps.unlabelled")
        - meter("millrace.steps.lost");
  }

  /** Every key begins anew; what was learned from it stays. To be called when settled, or open windows would be lost. */
  void forgetKeys() {
    KeyValueStore<Bytes, byte[]> states = driver.getKeyValueStore(Names.KEY_STATES);
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = states.all()) {
      rows.forEachRemaining(row -> keys.add(row.key));
    }
    keys.forEach(states::delete);
  }

  /** The newest version; version 0 where nothing was learned. */
  MergedWeights weights() {
    WeightsAssembly assembly = new WeightsAssembly(config.modelSpec());
    MergedWeights newest = MergedWeights.initial(config.initialParameters().toArray());
    KeyValueStore<Bytes, byte[]> parts = driver.getKeyValueStore(Names.WEIGHTS);
    try (KeyValueIterator<Bytes, byte[]> rows = parts.all()) {
      while (rows.hasNext()) {
        KeyValue<Bytes, byte[]> row = rows.next();
        if (!isVocabulary(row)) {
          newest = assembly.add(row.value).orElse(newest);
        }
      }
    }
    return newest;
  }

  private boolean isVocabulary(KeyValue<Bytes, byte[]> row) {
    return VocabularyKeys.match(row.key.get(), config.getString(Settings.MODEL_NAME));
  }

  /** That texts have by now. */
  CategoryIds ids() {
    VocabularyCodec codec = new VocabularyCodec(config.modelSpec(), config.categoryFields());
    List<VocabularyPart> parts = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows =
        driver.<Bytes, byte[]>getKeyValueStore(Names.WEIGHTS).all()) {
      rows.forEachRemaining(row -> {
        if (isVocabulary(row)) {
          parts.add(codec.decode(row.value));
        }
      });
    }
    parts.sort(Comparator.comparingInt(VocabularyPart::part));
    CategoryIds ids = config.initialCategoryIds();
    for (VocabularyPart part : parts) {
      ids = part.appliedTo(ids);
    }
    return ids;
  }

  /** A figure of the application's own meters. */
  double meter(String name) {
    return meters.getMeters().stream()
        .filter(meter -> meter.getId().getName().equals(name))
        .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
        .mapToDouble(Measurement::getValue)
        .filter(Double::isFinite)
        .sum();
  }

  /** @return what became of the row, or nothing when it is a dead letter */
  Optional<Judged> score(CsvRow row) {
    double strangersBefore = strangers();
    in.pipeInput(encoder.key(row), encoder.value(row), arrival++);
    if (arrival % ROWS_BETWEEN_CLEANING == 0) {
      dropUnread();
    }
    driver.advanceWallClockTime(ROW);
    Optional<Score> score =
        out.isEmpty() ? Optional.empty() : Optional.of(scores.decode(out.readValue()));
    int letters = deadLetters.readValuesToList().size();
    if (letters + (score.isPresent() ? 1 : 0) != 1 || !out.isEmpty()) {
      throw new IllegalStateException(
          "row=" + row.number() + ", key=" + row.key() + ", scored=" + score.isPresent()
              + ", deadLetters=" + letters + ": expected exactly one score or one dead letter.");
    }
    return score.map(event -> new Judged(event, strangers() > strangersBefore));
  }

  private double strangers() {
    return unknown.map(Counter::count).orElse(0.0);
  }

  /** The driver keeps for ever what nobody reads: windows, updates, weights. */
  private void dropUnread() {
    Set<String> unread = new TreeSet<>(driver.producedTopicNames());
    unread.removeAll(Set.of(config.topics().scores(), config.topics().deadLetters()));
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    unread.forEach(topic -> driver.createOutputTopic(topic, bytes, bytes).readRecordsToList());
  }

  @Override
  public void close() {
    driver.close();
  }
}
