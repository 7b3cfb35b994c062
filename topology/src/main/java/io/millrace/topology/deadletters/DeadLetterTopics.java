package io.millrace.topology.deadletters;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Topics;
import io.millrace.topology.topics.TopicAdmin;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Clients would wait a minute for a topic to appear. */
final class DeadLetterTopics {
  private DeadLetterTopics() {}

  /** @throws IllegalArgumentException when there are no dead letters to look at */
  static void requireLetters(MillraceConfig config) {
    try (TopicAdmin admin = new TopicAdmin(config.adminProperties())) {
      require(admin.missing(Set.of(config.topics().deadLetters())));
    }
  }

  /**
   * The topics that letters may be sent back to, with their partitions: those that the application reads. A letter's own word is not enough.
   *
   * @throws IllegalArgumentException naming those that are missing
   */
  static Map<String, Integer> requireOrigins(MillraceConfig config) {
    Topics topics = config.topics();
    Set<String> origins = new TreeSet<>(Set.of(topics.events(), topics.labels()));
    origins.remove("");
    Set<String> needed = new TreeSet<>(origins);
    needed.add(topics.deadLetters());
    try (TopicAdmin admin = new TopicAdmin(config.adminProperties())) {
      require(admin.missing(needed));
      return admin.partitions(origins);
    }
  }

  private static void require(Set<String> missing) {
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "dead letters not reached: missing topics=" + missing
              + ". Make them with ./millrace topics, or name others in topic.events and topic.dead-letters.");
    }
  }
}
