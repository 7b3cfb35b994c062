package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.learn.CutWindow;
import io.millrace.schemas.Score;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndOfSequenceTest {
  private static Map<String, String> settings(boolean learning) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "event.format", "json",
        "event.time", "t",
        "event.features", "a,b",
        "event.end", "end",
        "window.size", "8"));
    settings.put("learn.enabled", String.valueOf(learning));
    return settings;
  }

  private static void send(Flow flow, long time, String end) {
    String json =
        "{\"t\": %d, \"a\": %d, \"b\": %d, \"end\": %s}".formatted(time, time % 5, time % 3, end);
    flow.events.pipeInput(bytes("k"), bytes(json), time);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theEventAfterAnEndBeginsASequenceAndTheOthersDoNot(boolean learning) {
    try (Flow flow = new Flow(settings(learning))) {
      List<String> ends =
          List.of("false", "null", "true", "false", "false", "true", "true", "false");
      for (int n = 0; n < ends.size(); n++) {
        send(flow, n, ends.get(n));
      }

      assertThat(flow.scores.readValuesToList().stream().map(Score::getRestarted))
          .containsExactly(true, false, false, true, false, false, true, true);
    }
  }

  @Test
  void anEndCutsTheWindowAtOnceAndNoStepIsLost() {
    try (Flow flow = new Flow(settings(true))) {
      for (int n = 0; n < 4; n++) {
        send(flow, n, n == 3 ? "true" : "false");
      }

      CutWindow first = flow.windows().get(0);
      assertThat(first.firstStep()).isEqualTo(1);
      assertThat(first.steps().steps()).isEqualTo(3);
      for (int n = 4; n < 7; n++) {
        send(flow, n, n == 6 ? "true" : "false");
      }
      CutWindow second = flow.windows().get(0);
      assertThat(second.firstStep()).isEqualTo(5);
      assertThat(second.steps().steps()).isEqualTo(2);
      assertThat(second.steps().initial().h()).containsOnly(0f);
      assertThat(flow.count("millrace.steps.eligible")).isEqualTo(5);
      assertThat(flow.count("millrace.steps.lost")).isZero();
    }
  }

  @Test
  void anEndThatComesLateEndsNothing() {
    try (Flow flow = new Flow(settings(true))) {
      send(flow, 1, "false");
      send(flow, 5, "false");
      send(flow, 3, "true");
      send(flow, 6, "false");

      assertThat(flow.scores.readValuesToList().stream().map(Score::getRestarted))
          .containsExactly(true, false, false, false);
    }
  }

  @Test
  void aSequenceOfOneEventHasNothingToTeach() {
    try (Flow flow = new Flow(settings(true))) {
      send(flow, 1, "true");
      send(flow, 2, "true");

      assertThat(flow.windows()).isEmpty();
      assertThat(flow.count("millrace.steps.eligible")).isZero();
    }
  }
}
