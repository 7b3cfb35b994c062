package io.millrace.topology.topics;

import io.millrace.topology.config.Topics;
import io.millrace.topology.score.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every topic of an application, in the order of the flow. */
final class TopicCatalogue {
  static final String CLEANUP_POLICY = "cleanup.policy";
  static final String DELETE = "delete";
  static final String COMPACT = "compact";

  private static final String RETENTION = "retention.ms";
  private static final String SEGMENT_AGE = "segment.ms";

  /**
   * Records have the times of the events that they are made from, and brokers keep a record for so long after its own time: of a history
   * that is older, windows would go before they are learned, and letters before anybody has seen them.
   */
  private static final Map<String, String> KEPT_FROM_ARRIVAL =
      Map.of("message.timestamp.type", "LogAppendTime");

  private TopicCatalogue() {}

  /** @param keyed partitions of the topics whose records follow the events' keys */
  static List<TopicSpec> of(Topics topics, int keyed, int learnPartitions) {
    List<TopicSpec> specs = new ArrayList<>();
    specs.add(spec(topics.events(), keyed, DELETE, Map.of()));
    if (!topics.labels().isEmpty()) {
      specs.add(spec(topics.labels(), keyed, DELETE, Map.of()));
    }
    specs.add(spec(topics.scores(), keyed, DELETE, Map.of()));
    specs.add(keptFromArrival(topics.deadLetters(), 1, deadLetters()));
    specs.add(keptFromArrival(topics.windows(), learnPartitions, kept(Duration.ofDays(7))));
    specs.add(keptFromArrival(topics.updates(), 1, updates()));
    specs.add(spec(topics.weights(), 1, COMPACT, weights()));
    specs.add(spec(topics.control(), 1, DELETE, kept(Duration.ofDays(7))));
    return specs;
  }

  private static Map<String, String> kept(Duration time) {
    return Map.of(RETENTION, millis(time));
  }

  private static Map<String, String> deadLetters() {
    return Map.of(
        RETENTION,
        millis(Duration.ofDays(30)),
        "max.message.bytes",
        String.valueOf(DeadLetter.LARGEST_BYTES));
  }

  /** Only closed segments are deleted: hours of retention need segments of less. */
  private static Map<String, String> updates() {
    return Map.of(RETENTION, millis(Duration.ofHours(6)), SEGMENT_AGE, millis(Duration.ofHours(1)));
  }

  /** Only closed segments are compacted, and every start reads all that is not: small ones, cleaned early. */
  private static Map<String, String> weights() {
    return Map.of(
        "segment.bytes",
        String.valueOf(16 * 1024 * 1024),
        SEGMENT_AGE,
        millis(Duration.ofMinutes(10)),
        "min.cleanable.dirty.ratio",
        "0.1");
  }

  private static TopicSpec keptFromArrival(
      String name, int partitions, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(KEPT_FROM_ARRIVAL);
    return spec(name, partitions, DELETE, all);
  }

  private static TopicSpec spec(
      String name, int partitions, String cleanup, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put(CLEANUP_POLICY, cleanup);
    return new TopicSpec(name, partitions, all);
  }

  private static String millis(Duration time) {
    return String.valueOf(time.toMillis());
  }
}
