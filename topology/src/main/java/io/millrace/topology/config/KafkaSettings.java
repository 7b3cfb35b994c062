package io.millrace.topology.config;

import io.millrace.state.BoundedRocksDB;
import io.millrace.topology.Names;
import io.millrace.topology.score.DeadLetter;
import io.millrace.topology.score.UnexpectedFaultHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka is told: our defaults first, then whatever the user passes through. */
final class KafkaSettings {
  /** Fewer, larger requests: about a quarter more events a second where the state's changelog is the load. */
  private static final int BATCH_BYTES = 131072;

  /**
   * Streams lets a record wait 100 ms for others. At least once, that is most of a score's latency; under load batches fill while others
   * are on their way. Exactly once, records are seen at the commit, whenever they were sent.
   */
  private static final int LINGER_MS = 2;

  /** A score can be read once its transaction is committed. */
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

  /**
   * At least once, no score waits for a commit, but every event behind one does: Streams waits until the brokers have all that was sent, and
   * after 10,000 changes of a task writes its stores to disk. What comes between two commits is scored again after a crash.
   */
  private static final Duration COMMIT_INTERVAL_AT_LEAST_ONCE = Duration.ofSeconds(5);

  /** Streams gives a transaction 10 s; a long pause of the JVM must not abort one. */
  private static final int TRANSACTION_TIMEOUT_MS = 60_000;

  /**
   * Before every record Streams looks which of a task's partitions have one, so as to take them in the order of their times: a 20th of the
   * stream thread. Only where labels come by themselves does a task have two.
   */
  private static final long NOTHING_TO_KEEP_IN_STEP = StreamsConfig.MAX_TASK_IDLE_MS_DISABLED;

  /** Kafka's own constant for it is deprecated from the start, for the setting is to become the default. */
  private static final String GLOBAL_FAULTS_TOO = "processing.exception.handler.global.enabled";

  private KafkaSettings() {}

  static Properties streams(MillraceConfig config) {
    Properties props = new Properties();
    props.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    props.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.getString(Settings.BOOTSTRAP_SERVERS));
    props.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG, config.getString(Settings.PROCESSING_GUARANTEE));
    props.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval(config).toMillis());
    props.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    props.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnexpectedFaultHandler.class);
    props.put(GLOBAL_FAULTS_TOO, true);
    props.put(UnexpectedFaultHandler.TOPIC, config.topics().deadLetters());
    props.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDB.class);
    props.put(BoundedRocksDB.MEMORY_BYTES, config.getLong(Settings.ROCKSDB_MEMORY));
    props.put(BoundedRocksDB.MEMTABLE_BYTES, config.getLong(Settings.ROCKSDB_MEMTABLE));
    props.put(BoundedRocksDB.IN_PLACE_STORE, Names.KEY_STATES);
    props.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    props.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        DeadLetter.LARGEST_BYTES);
    if (config.labelsTopic().isEmpty()) {
      props.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, NOTHING_TO_KEEP_IN_STEP);
    }
    if (!config.isExactlyOnce()) {
      props.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
    }
    props.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        TRANSACTION_TIMEOUT_MS);
    if (!config.getString(Settings.STATE_DIR).isEmpty()) {
      props.put(StreamsConfig.STATE_DIR_CONFIG, config.getString(Settings.STATE_DIR));
    }
    MembershipSettings.put(config, props);
    props.putAll(SecuritySettings.common(config));
    config
        .under("producer.")
        .forEach((name, value) -> props.put(StreamsConfig.producerPrefix(name), value));
    config
        .under("consumer.")
        .forEach((name, value) -> props.put(StreamsConfig.consumerPrefix(name), value));
    config
        .under("admin.")
        .forEach((name, value) -> props.put(StreamsConfig.adminClientPrefix(name), value));
    props.putAll(config.under("streams."));
    return props;
  }

  private static Duration commitInterval(MillraceConfig config) {
    if (!config.getString(Settings.COMMIT_INTERVAL).isEmpty()) {
      return config.duration(Settings.COMMIT_INTERVAL);
    }
    return config.isExactlyOnce() ? COMMIT_INTERVAL : COMMIT_INTERVAL_AT_LEAST_ONCE;
  }

  /** For a plain client: what is set for all clients, for all of Streams' clients, then what is set for this kind. */
  static Map<String, Object> client(MillraceConfig config, String prefix) {
    Map<String, Object> props = SecuritySettings.common(config);
    config.under("streams.").forEach((name, value) -> {
      if (SecuritySettings.isOne(name)) {
        props.put(name, value);
      }
    });
    props.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.getString(Settings.BOOTSTRAP_SERVERS));
    props.putAll(config.under(prefix));
    return props;
  }
}
