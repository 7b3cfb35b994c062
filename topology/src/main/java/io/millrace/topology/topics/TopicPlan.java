package io.millrace.topology.topics;

import io.millrace.topology.config.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What has to be created, and what cannot be put right by creating. Existing topics are never changed.
 *
 * @param missing to be created
 * @param conflicts existing topics that do not fit, a sentence each
 */
public record TopicPlan(List<NewTopic> missing, List<String> conflicts) {
  private static final String WEEK_MS = "604800000";
  private static final String DAY_MS = "86400000";

  /**
   * Small segments, for only closed ones are compacted: with the defaults every start would read gigabytes of old weights.
   */
  private static final Map<String, String> COMPACTED = Map.of(
      "cleanup.policy",
      "compact",
      "segment.bytes",
      "67108864",
      "segment.ms",
      "600000",
      "min.cleanable.dirty.ratio",
      "0.1");

  /**
   * @param existing partitions of each topic that is there
   * @param partitions of the events topic, should it be missing
   * @param learnPartitions of the windows topic
   * @param replication empty: the brokers' default
   */
  public static TopicPlan of(
      Topics topics,
      Map<String, Integer> existing,
      int partitions,
      int learnPartitions,
      Optional<Short> replication) {
    int events = existing.getOrDefault(topics.events(), partitions);
    List<NewTopic> missing = new ArrayList<>();
    List<String> conflicts = new ArrayList<>();
    for (NewTopic wanted : wanted(topics, events, learnPartitions, replication)) {
      Integer actual = existing.get(wanted.name());
      if (actual == null) {
        missing.add(wanted);
      } else if (actual != wanted.numPartitions()) {
        conflicts.add("topic=" + wanted.name() + ", partitions=" + actual + ", expected="
            + wanted.numPartitions() + ". Make it anew, or name another topic.");
      }
    }
    return new TopicPlan(List.copyOf(missing), List.copyOf(conflicts));
  }

  private static List<NewTopic> wanted(
      Topics topics, int events, int learnPartitions, Optional<Short> replication) {
    List<NewTopic> wanted = new ArrayList<>();
    wanted.add(topic(topics.events(), events, replication, Map.of()));
    if (!topics.labels().isEmpty()) {
      wanted.add(topic(topics.labels(), events, replication, deletedAfter(WEEK_MS)));
    }
    wanted.add(topic(topics.scores(), events, replication, deletedAfter(WEEK_MS)));
    wanted.add(topic(topics.windows(), learnPartitions, replication, deletedAfter(WEEK_MS)));
    wanted.add(topic(topics.updates(), 1, replication, deletedAfter(DAY_MS)));
    wanted.add(topic(topics.weights(), 1, replication, COMPACTED));
    wanted.add(topic(topics.control(), 1, replication, deletedAfter(WEEK_MS)));
    wanted.add(topic(topics.deadLetters(), 1, replication, deletedAfter(WEEK_MS)));
    return wanted;
  }

  private static Map<String, String> deletedAfter(String milliseconds) {
    return Map.of("cleanup.policy", "delete", "retention.ms", milliseconds);
  }

  private static NewTopic topic(
      String name, int partitions, Optional<Short> replication, Map<String, String> configs) {
    return new NewTopic(name, Optional.of(partitions), replication).configs(configs);
  }
}
