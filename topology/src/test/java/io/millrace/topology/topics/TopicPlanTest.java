package io.millrace.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.topology.config.Topics;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
  private static final Topics TOPICS = new Topics("e", "", "s", "wi", "u", "we", "c", "d");

  private static TopicPlan plan(ExistingTopic... existing) {
    Map<String, ExistingTopic> byName =
        Stream.of(existing).collect(Collectors.toMap(ExistingTopic::name, Function.identity()));
    return TopicPlan.of(TOPICS, 6, 2, byName);
  }

  private static ExistingTopic topic(String name, int partitions) {
    return new ExistingTopic(name, partitions, "delete");
  }

  @Test
  void anEmptyClusterGetsEverythingButUnusedLabels() {
    assertThat(plan().missing())
        .extracting(topic -> topic.name() + " " + topic.partitions())
        .containsExactly("e 6", "s 6", "d 1", "wi 2", "u 1", "we 1", "c 1");
  }

  @Test
  void scoresFollowTheEventsThatExist() {
    assertThat(plan(topic("e", 12)).missing())
        .filteredOn(topic -> topic.name().equals("s"))
        .extracting(TopicSpec::partitions)
        .containsExactly(12);
  }

  @Test
  void onlyWeightsAreCompacted() {
    assertThat(plan().missing())
        .filteredOn(topic -> "compact".equals(topic.settings().get("cleanup.policy")))
        .extracting(TopicSpec::name)
        .containsExactly("we");
  }

  @Test
  void scoresThatDoNotFitTheEventsAreToldAndLeftAlone() {
    TopicPlan plan = plan(topic("e", 12), topic("s", 4));

    assertThat(plan.mismatches())
        .containsExactly(
            "topic mismatch: topic=s, field=partitions, expected=12, actual=4. Name another topic in the configuration, or make this one anew.");
    assertThat(plan.missing()).extracting(TopicSpec::name).doesNotContain("s");
    assertThat(plan.kept()).extracting(ExistingTopic::name).containsExactly("e");
  }

  @Test
  void weightsThatWouldBeDeletedAreTold() {
    assertThat(plan(topic("we", 1)).mismatches())
        .containsExactly(
            "topic mismatch: topic=we, field=cleanup.policy, expected=compact, actual=delete. Change it with kafka-configs.");
  }

  @Test
  void howTheUserKeepsTheEventsIsTheUsersOwn() {
    assertThat(plan(new ExistingTopic("e", 6, "compact,delete")).mismatches()).isEmpty();
  }

  @Test
  void aSecondTimeNothingIsMissing() {
    TopicPlan plan = plan(
        topic("e", 6),
        topic("s", 6),
        topic("d", 1),
        topic("wi", 2),
        topic("u", 1),
        new ExistingTopic("we", 1, "compact"),
        topic("c", 1));

    assertThat(plan.missing()).isEmpty();
    assertThat(plan.mismatches()).isEmpty();
    assertThat(plan.kept()).hasSize(7);
  }

  @Test
  void labelsMustBePartitionedAsTheEventsAre() {
    Topics topics = new Topics("e", "l", "s", "wi", "u", "we", "c", "d");

    assertThat(TopicPlan.labelsMismatch(topics, Map.of("e", 6, "l", 6))).isEmpty();
    assertThat(TopicPlan.labelsMismatch(topics, Map.of("e", 6, "l", 4)))
        .contains(
            "topic mismatch: topic=l, field=partitions, expected=6, actual=4. Labels need as many as e and its partitioner.");
  }
}
