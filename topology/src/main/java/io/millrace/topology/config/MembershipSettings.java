package io.millrace.topology.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.streams.StreamsConfig;

/** The settings by which instances share an application's work, and take over from each other. */
final class MembershipSettings {
  static final String INSTANCE_ID = "instance.id";
  static final String SESSION_TIMEOUT = "session.timeout";
  static final String STANDBY_REPLICAS = "standby.replicas";

  /** As Kafka advises, so that two may get lost. */
  private static final long HEARTBEATS_A_SESSION = 3;

  /** Kafka's own default, where the session is long. */
  private static final long LONGEST_HEARTBEAT_MS = 3_000;

  private MembershipSettings() {}

  static void define(ConfigDef def) {
    def.define(
        INSTANCE_ID,
        Type.STRING,
        "",
        MEDIUM,
        "Name of this instance, the same after a restart and no other's: within session.timeout it comes back to its own tasks, and "
            + "nobody else moves. A stop is then a pause: its tasks wait for it so long. Empty: a new member every time.");
    def.define(
        SESSION_TIMEOUT,
        Type.STRING,
        "45s",
        new Durations(),
        MEDIUM,
        "How long an instance may be silent before others take its tasks over. Brokers refuse less than their "
            + "group.min.session.timeout.ms, 6 s by default.");
    def.define(
        STANDBY_REPLICAS,
        Type.INT,
        0,
        between(0, 16),
        MEDIUM,
        "Copies of every store that other instances keep up to date, so that they need not restore it before they take over.");
  }

  static void put(MillraceConfig config, Properties props) {
    if (isStatic(config)) {
      props.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
          config.getString(INSTANCE_ID));
    }
    long session = config.duration(SESSION_TIMEOUT).toMillis();
    props.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        Math.toIntExact(session));
    props.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
        Math.min(LONGEST_HEARTBEAT_MS, Math.max(1, session / HEARTBEATS_A_SESSION)));
    props.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.getInt(STANDBY_REPLICAS));
  }

  static boolean isStatic(MillraceConfig config) {
    return !config.getString(INSTANCE_ID).isEmpty();
  }
}
