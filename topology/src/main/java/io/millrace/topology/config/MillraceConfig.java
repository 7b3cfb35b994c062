package io.millrace.topology.config;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.scoring.ScoringSettings;
import io.millrace.model.scoring.ScoringSettings.LateEvents;
import io.millrace.state.WindowSettings;
import io.millrace.topology.score.ScoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * A checked configuration. Settings under {@code streams.}, {@code producer.}, {@code consumer.} and {@code rocksdb.} pass
 * through to those who know them.
 */
public final class MillraceConfig extends AbstractConfig {
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
    return new ModelSpec(
        enumOf(Cell.class, Settings.MODEL_CELL),
        getInt(Settings.MODEL_INPUTS),
        getInt(Settings.MODEL_LAYERS),
        getInt(Settings.MODEL_HIDDEN),
        enumOf(Head.class, Settings.MODEL_HEAD));
  }

  public long modelSeed() {
    return getLong(Settings.MODEL_SEED);
  }

  /** As configured; {@code auto} is resolved by {@code Kernels}. */
  public String kernel() {
    return getString(Settings.KERNEL);
  }

  public StateStore stateStore() {
    return enumOf(StateStore.class, Settings.STATE_STORE);
  }

  public ScoreSettings scoreSettings() {
    ScoringSettings scoring = new ScoringSettings(
        getInt(Settings.SCORE_WARMUP),
        getInt(Settings.NORMALIZE_HORIZON),
        getInt(Settings.SCORE_HORIZON),
        getInt(Settings.SCORE_RECENT),
        getInt(Settings.SCORE_PEAK),
        enumOf(LateEvents.class, Settings.EVENT_LATE),
        duration(Settings.SEQUENCE_GAP).toMillis());
    return new ScoreSettings(
        modelSpec(),
        scoring,
        duration(Settings.STATE_TTL),
        duration(Settings.STATE_EXPIRY_INTERVAL),
        getInt(Settings.STATE_EXPIRY_ROWS),
        isLearning() ? Optional.of(windowSettings()) : Optional.empty());
  }

  public boolean isLearning() {
    return getBoolean(Settings.LEARN_ENABLED);
  }

  private WindowSettings windowSettings() {
    return new WindowSettings(
        getInt(Settings.WINDOW_SIZE), duration(Settings.WINDOW_IDLE).toMillis());
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

  private <E extends Enum<E>> E enumOf(Class<E> type, String name) {
    return Enum.valueOf(type, getString(name).toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
