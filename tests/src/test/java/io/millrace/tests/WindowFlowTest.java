package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.learn.CutWindow;
import io.millrace.schemas.Score;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class WindowFlowTest {
  private static void send(Flow flow, String key, int from, int to) {
    Random random = new Random(from);
    for (int n = from; n < to; n++) {
      flow.score(key, n, random.nextGaussian(), random.nextDouble());
    }
  }

  private static List<Integer> lengths(List<CutWindow> windows) {
    return windows.stream().map(window -> window.steps().steps()).toList();
  }

  @Test
  void fullWindowsFollowEachOtherWithoutGapOrOverlap() {
    try (Flow flow = new Flow(Map.of("window.size", "8"))) {
      send(flow, "a", 0, 30);

      List<CutWindow> windows = flow.windows();
      assertThat(windows).extracting(CutWindow::firstStep).containsExactly(1L, 9L, 17L);
      assertThat(lengths(windows)).containsExactly(8, 8, 8);
      assertThat(windows.get(1).times()).containsExactly(9, 10, 11, 12, 13, 14, 15, 16);
    }
  }

  @Test
  void aWindowHoldsWhatTheNetworkSawAndWhatItShouldHaveForecast() {
    try (Flow flow = new Flow(Map.of("window.size", "4"))) {
      send(flow, "a", 0, 9);

      List<CutWindow> windows = flow.windows();
      float[] inputs = windows.get(1).steps().inputs();
      assertThat(windows.get(0).steps().initial().h()).containsOnly(0f);
      assertThat(windows.get(1).steps().initial().h()).doesNotContain(0f);
      assertThat(inputs).hasSize(8);
      assertThat(windows.get(1).steps().targets()).hasSize(8).isNotEqualTo(inputs);
    }
  }

  @Test
  void aKeyThatGoesQuietHasItsWindowCutAsItIsAndLosesNoStep() {
    try (Flow flow = new Flow(Map.of("window.size", "8", "window.idle", "10s"))) {
      send(flow, "a", 0, 4);
      flow.driver.advanceWallClockTime(Duration.ofSeconds(11));
      send(flow, "a", 20_000, 20_005);
      flow.driver.advanceWallClockTime(Duration.ofSeconds(11));

      List<CutWindow> windows = flow.windows();
      assertThat(windows).extracting(CutWindow::firstStep).containsExactly(1L, 4L);
      assertThat(lengths(windows)).containsExactly(3, 5);
      assertThat(flow.count("millrace.steps.eligible")).isEqualTo(8);
      assertThat(flow.driver.getKeyValueStore("open-windows").approximateNumEntries())
          .isZero();
    }
  }

  @Test
  void keysThatLiveInStepDoNotFillTheirWindowsTogether() {
    try (Flow flow = new Flow(Map.of("window.size", "8"))) {
      for (int n = 0; n < 16; n++) {
        for (String key : List.of("a", "b", "c", "h")) {
          flow.score(key, n, n, 1);
        }
      }

      assertThat(flow.windows().stream().filter(window -> window.firstStep() == 1))
          .extracting(window -> window.steps().steps())
          .containsExactlyInAnyOrder(8, 7, 6, 1);
    }
  }

  @Test
  void aKeyThatComesBackBeforeTheSweepHasItsWindowCutFirst() {
    try (Flow flow = new Flow(Map.of("window.size", "8", "window.idle", "10s"))) {
      send(flow, "a", 0, 4);
      send(flow, "a", 20_000, 20_002);

      assertThat(lengths(flow.windows())).containsExactly(3);
    }
  }

  @Test
  void aBusyKeyIsNotCutByItsFirstDeadline() {
    try (Flow flow = new Flow(Map.of("window.size", "100", "window.idle", "10s"))) {
      for (int n = 0; n < 40; n++) {
        flow.score("a", n * 1000L, n, 1);
        flow.driver.advanceWallClockTime(Duration.ofSeconds(1));
      }

      assertThat(flow.windows()).isEmpty();
    }
  }

  @Test
  void aGapEndsTheWindowAndBeginsASequence() {
    try (Flow flow = new Flow(Map.of("window.size", "8", "sequence.gap", "5s"))) {
      send(flow, "a", 0, 4);
      send(flow, "a", 9_000, 9_010);

      List<CutWindow> windows = flow.windows();
      assertThat(lengths(windows)).containsExactly(3, 8);
      assertThat(windows.get(1).firstStep()).isEqualTo(5);
      assertThat(windows.get(1).steps().initial().h()).containsOnly(0f);
    }
  }

  @Test
  void aWindowWhoseRowCannotBeBelievedIsCountedAndTheNextOneIsWhole() {
    try (Flow flow = new Flow(Map.of("window.size", "4"))) {
      send(flow, "a", 0, 3);
      Bytes head = Bytes.wrap(new byte[] {1, 'a'});
      byte[] row = flow.openWindows().get(head);
      row[50] ^= 1;
      flow.openWindows().put(head, row);
      send(flow, "a", 3, 9);

      assertThat(flow.windows()).extracting(CutWindow::firstStep).containsExactly(5L);
      assertThat(flow.count("millrace.steps.lost")).isEqualTo(4);
    }
  }

  /** Keys expire after a minute. */
  private static Flow forgetful(String windowSize) {
    return new Flow(Map.of(
        "window.size", windowSize,
        "window.idle", "1s",
        "state.ttl", "1m",
        "state.expiry.interval", "1s"));
  }

  @Test
  void anExpiredKeyLeavesNoRowsBehind() {
    try (Flow flow = forgetful("4")) {
      send(flow, "a", 0, 5);
      flow.score("b", 100_000, 1, 2);
      flow.score("b", 200_000, 1, 2);

      assertThat(flow.keyStates().get(Bytes.wrap(bytes("a")))).isNull();
      assertThat(flow.openWindows().get(Bytes.wrap(new byte[] {2, 0, 0, 0, 1, 'a', 0, 0, 0, 0})))
          .isNull();
    }
  }

  @Test
  void theOpenStepsOfAnExpiredKeyAreCountedWithTheOneThatIsInNoRow() {
    try (Flow flow = forgetful("8")) {
      send(flow, "a", 0, 4);
      flow.score("b", 100_000, 1, 2);
      flow.score("b", 200_000, 1, 2);

      assertThat(flow.keyStates().get(Bytes.wrap(bytes("a")))).isNull();
      assertThat(flow.count("millrace.steps.lost")).isEqualTo(3);
    }
  }

  @Test
  void scoresAreTheSameWhetherOrNotWindowsAreKept() {
    try (Flow with = new Flow(Map.of());
        Flow without = new Flow(Map.of("learn.enabled", "false"))) {
      Score expected = null;
      Score actual = null;
      for (int n = 0; n < 31; n++) {
        expected = without.score("a", n, n % 5, n % 3);
        actual = with.score("a", n, n % 5, n % 3);
      }

      assertThat(actual).isEqualTo(expected);
    }
  }
}
