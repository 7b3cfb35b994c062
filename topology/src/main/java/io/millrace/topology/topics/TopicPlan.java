package io.millrace.topology.topics;

import io.millrace.topology.config.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be made, what is right as it is, and what is not: pure, from the topics that are there.
 *
 * @param missing to be created
 * @param kept there, and as needed
 * @param mismatches a sentence for each difference that a person has to settle
 */
public record TopicPlan(
    List<TopicSpec> missing, List<ExistingTopic> kept, List<String> mismatches) {
  public TopicPlan {
    missing = List.copyOf(missing);
    kept = List.copyOf(kept);
    mismatches = List.copyOf(mismatches);
  }

  /** @param partitions of the events, and of what follows their keys, where the events topic is still to be made */
  public static TopicPlan of(
      Topics topics, int partitions, int learnPartitions, Map<String, ExistingTopic> existing) {
    ExistingTopic events = existing.get(topics.events());
    int keyed = events == null ? partitions : events.partitions();
    Set<String> anyPartitions = Set.of(topics.events(), topics.deadLetters());
    List<TopicSpec> missing = new ArrayList<>();
    List<ExistingTopic> kept = new ArrayList<>();
    List<String> mismatches = new ArrayList<>();
    for (TopicSpec spec : TopicCatalogue.of(topics, keyed, learnPartitions)) {
      ExistingTopic found = existing.get(spec.name());
      if (found == null) {
        missing.add(spec);
        continue;
      }
      boolean users = spec.name().equals(topics.events()) || spec.name().equals(topics.labels());
      List<String> faults = faults(spec, found, !anyPartitions.contains(spec.name()), !users);
      mismatches.addAll(faults);
      if (faults.isEmpty()) {
        kept.add(found);
      }
    }
    return new TopicPlan(missing, kept, mismatches);
  }

  /**
   * What is wrong with the labels: a task joins them to the events of one partition, so the two must be partitioned alike.
   *
   * @param partitions of both topics
   */
  public static Optional<String> labelsMismatch(Topics topics, Map<String, Integer> partitions) {
    int expected = partitions.get(topics.events());
    int actual = partitions.get(topics.labels());
    return actual == expected
        ? Optional.empty()
        : Optional.of(mismatch(topics.labels(), "partitions", expected, actual)
            + " Labels need as many as " + topics.events() + " and its partitioner.");
  }

  public static Set<String> names(Topics topics) {
    return TopicCatalogue.of(topics, 1, 1).stream()
        .map(TopicSpec::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> faults(
      TopicSpec wanted, ExistingTopic found, boolean checkPartitions, boolean checkCleanup) {
    List<String> faults = new ArrayList<>();
    if (checkPartitions && wanted.partitions() != found.partitions()) {
      faults.add(mismatch(found.name(), "partitions", wanted.partitions(), found.partitions())
          + " Name another topic in the configuration, or make this one anew.");
    }
    String cleanup = wanted.settings().get(TopicCatalogue.CLEANUP_POLICY);
    if (checkCleanup && !cleanup.equals(found.cleanupPolicy())) {
      faults.add(
          mismatch(found.name(), TopicCatalogue.CLEANUP_POLICY, cleanup, found.cleanupPolicy())
              + " Change it with kafka-configs.");
    }
    return faults;
  }

  private static String mismatch(String topic, String field, Object expected, Object actual) {
    return "topic mismatch: topic=" + topic + ", field=" + field + ", expected=" + expected
        + ", actual=" + actual + ".";
  }
}
