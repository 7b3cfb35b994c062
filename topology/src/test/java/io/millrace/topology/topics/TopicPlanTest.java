package io.millrace.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.topology.config.Topics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
  private static final Topics TOPICS = new Topics("e", "", "s", "wi", "u", "we", "c", "d");

  private static TopicPlan plan(Map<String, Integer> existing) {
    return TopicPlan.of(TOPICS, existing, 6, 2, Optional.empty());
  }

  @Test
  void anEmptyClusterGetsEverythingButUnusedLabels() {
    assertThat(plan(Map.of()).missing().stream()
            .map(topic -> topic.name() + " " + topic.numPartitions()))
        .containsExactly("e 6", "s 6", "wi 2", "u 1", "we 1", "c 1", "d 1");
  }

  @Test
  void scoresFollowTheEventsThatExist() {
    assertThat(plan(Map.of("e", 12)).missing())
        .filteredOn(topic -> topic.name().equals("s"))
        .extracting(NewTopic::numPartitions)
        .containsExactly(12);
  }

  @Test
  void onlyWeightsAreCompacted() {
    assertThat(plan(Map.of()).missing())
        .filteredOn(topic -> "compact".equals(topic.configs().get("cleanup.policy")))
        .extracting(NewTopic::name)
        .containsExactly("we");
  }

  @Test
  void scoresThatDoNotFitTheEventsAreToldAndLeftAlone() {
    TopicPlan plan = plan(Map.of("e", 12, "s", 4));

    assertThat(plan.conflicts())
        .containsExactly(
            "topic=s, partitions=4, expected=12. Make it anew, or name another topic.");
    assertThat(plan.missing()).extracting(NewTopic::name).doesNotContain("s");
  }

  @Test
  void aSecondTimeNothingIsMissing() {
    assertThat(plan(Map.of("e", 6, "s", 6, "wi", 2, "u", 1, "we", 1, "c", 1, "d", 1))
            .missing())
        .isEmpty();
  }
}
