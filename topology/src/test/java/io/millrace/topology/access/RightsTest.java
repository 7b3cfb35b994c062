package io.millrace.topology.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.topology.config.MillraceConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RightsTest {
  private static List<String> rights(Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(sets);
    all.put("model.inputs", "1");
    return Rights.of(MillraceConfig.load(Optional.empty(), Map.of(), all)).stream()
        .map(right -> right.resourceText() + ": " + right.operationsText())
        .toList();
  }

  @Test
  void theWholeApplicationNeedsThese() {
    assertThat(rights(Map.of()))
        .containsExactly(
            "topic dead-letters: Write",
            "topic events: Read",
            "topic scores: Write",
            "topic updates: Read, Write",
            "topic weights: Read, Write",
            "topic windows: Read, Write",
            "topic millrace-*: Read, Write, Create",
            "group millrace: Read",
            "transactional-id millrace-*: Write");
  }

  @Test
  void aStageByItselfNeedsNoMoreThanItsOwn() {
    assertThat(rights(Map.of("stages", "score", "processing.guarantee", "at_least_once")))
        .containsExactly(
            "topic dead-letters: Write",
            "topic events: Read",
            "topic scores: Write",
            "topic weights: Read",
            "topic windows: Write",
            "topic millrace-score-*: Read, Write, Create",
            "group millrace-score: Read");
    assertThat(rights(Map.of("stages", "learn")))
        .contains("topic windows: Read", "topic updates: Write", "topic weights: Read");
    assertThat(rights(Map.of("stages", "merge")))
        .contains("topic updates: Read", "topic weights: Read, Write")
        .noneMatch(right -> right.contains("events") || right.contains("windows"));
  }
}
