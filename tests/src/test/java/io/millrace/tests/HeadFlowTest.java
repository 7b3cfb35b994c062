package io.millrace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.learn.CutWindow;
import io.millrace.schemas.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promises, for each head that is not the forecast's. */
class HeadFlowTest {
  private static final Map<String, String> NOTHING_MORE = Map.of();

  private static Score send(Flow flow, Toy toy, int n, boolean labelled, boolean end) {
    flow.events.pipeInput(Toy.key(n), toy.bytes(n, labelled, end), n);
    flow.driver.advanceWallClockTime(Duration.ofMillis(1));
    List<Score> out = flow.scores.readValuesToList();
    assertThat(out).hasSize(1);
    return out.get(0);
  }

  private static List<Score> scores(Flow flow, Toy toy, int from, int to) {
    List<Score> scores = new ArrayList<>();
    for (int n = from; n < to; n++) {
      scores.add(send(flow, toy, n, true, false));
    }
    return scores;
  }

  private static double meanSurprise(List<Score> scores) {
    return scores.stream().mapToDouble(Score::getSurprise).average().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void aScoreIsTheSameWhetherOrNotItsEventIsLearned(Toy toy) {
    List<Score> whole;
    try (Flow flow = new Flow(toy.settings(NOTHING_MORE))) {
      whole = scores(flow, toy, 0, 200);
    }
    assertThat(whole.get(199).getWeightsVersion()).isPositive();
    for (int last : List.of(0, 15, 48, 111, 199)) {
      try (Flow flow = new Flow(toy.settings(NOTHING_MORE))) {
        scores(flow, toy, 0, last);

        assertThat(send(flow, toy, last, true, true)).isEqualTo(whole.get(last));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLearnedMakesTheStreamLessSurprising(Toy toy) {
    try (Flow learning = new Flow(toy.settings(NOTHING_MORE));
        Flow frozen = new Flow(toy.settings(Map.of("learn.enabled", "false")))) {
      double learned = meanSurprise(scores(learning, toy, 0, 3000).subList(2500, 3000));
      double unlearned = meanSurprise(scores(frozen, toy, 0, 3000).subList(2500, 3000));

      assertThat(learned).isLessThan(unlearned / 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFirstEventOfASequenceTeachesAndAnEndCutsTheWindowAtOnce(Toy toy) {
    try (Flow flow = new Flow(toy.settings(Map.of("window.size", "32")))) {
      for (int n = 0; n < 12; n += Toy.KEYS) {
        send(flow, toy, n, true, n == 3 || n == 9);
      }

      List<CutWindow> windows = flow.windows();
      assertThat(windows).extracting(CutWindow::firstStep).containsExactly(0L, 2L);
      assertThat(windows).extracting(window -> window.steps().steps()).containsExactly(2, 2);
      assertThat(windows.get(1).steps().initial().h()).containsOnly(0f);
      assertThat(flow.count("millrace.steps.eligible")).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyEligibleStepIsInTheWeightsOnItsWayOrWasNeverLabelled(Toy toy) {
    Random random = new Random(17);
    try (Flow flow = new Flow(
        toy.settings(Map.of("window.size", "5", "window.idle", "2s", "batch.windows", "3")))) {
      Ledger ledger = new Ledger(flow);
      for (int n = 0; n < 2000; n++) {
        send(flow, toy, n, random.nextInt(7) > 0, random.nextInt(20) == 0);
        if (random.nextInt(10) == 0) {
          flow.driver.advanceWallClockTime(Duration.ofMillis(random.nextInt(700)));
        }
        if (n % 50 == 0) {
          assertThat(ledger.accountedFor()).as("event=%d", n).isEqualTo(ledger.eligible());
        }
      }
      flow.pass(Duration.ofSeconds(5));

      assertThat(ledger.eligible()).isEqualTo(2000);
      assertThat(flow.count("millrace.steps.unlabelled"))
          .satisfies(steps ->
              assertThat(toy == Toy.CATEGORY ? steps == 0 : steps > 100).isTrue());
      assertThat(flow.gauge("millrace.weights.steps") + flow.count("millrace.steps.unlabelled"))
          .isEqualTo(2000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeysMemorySurvivesARestartInTheMiddleOfAWindow(Toy toy) {
    Map<String, String> settings =
        toy.settings(Map.of("batch.max.wait", "1h", "batch.windows", "4096"));
    try (Flow undisturbed = new Flow(settings);
        Flow before = new Flow(settings);
        Flow after = new Flow(settings)) {
      List<Score> expected = scores(undisturbed, toy, 0, 100);
      scores(before, toy, 0, 50);
      Rows.copy(before.keyStates(), after.keyStates());
      Rows.copy(before.openWindows(), after.openWindows());

      assertThat(scores(after, toy, 50, 100)).isEqualTo(expected.subList(50, 100));
      List<CutWindow> cut = new ArrayList<>(before.windows());
      cut.addAll(after.windows());
      assertThat(cut).usingRecursiveComparison().isEqualTo(undisturbed.windows());
    }
  }

  @Test
  void aWindowOfWhichNoStepIsLabelledGoesNowhere() {
    try (Flow flow = new Flow(Toy.BINARY.settings(Map.of("window.size", "1")))) {
      send(flow, Toy.BINARY, 0, false, false);
      send(flow, Toy.BINARY, 3, true, false);

      assertThat(flow.windows()).extracting(CutWindow::firstStep).containsExactly(1L);
      assertThat(flow.count("millrace.steps.unlabelled")).isEqualTo(1);
      assertThat(flow.count("millrace.windows.steps")).isEqualTo(1);
    }
  }

  @Test
  void aWindowIsMaskedWhereALabelIsNotKnown() {
    try (Flow flow = new Flow(Toy.BINARY.settings(Map.of("window.size", "32")))) {
      for (int n = 0; n < 12; n += Toy.KEYS) {
        send(flow, Toy.BINARY, n, n % 2 == 0, n == 9);
      }

      CutWindow window = flow.windows().get(0);
      assertThat(window.steps().mask()).containsExactly(1, 0, 1, 0);
      assertThat(window.steps().targets()).hasSize(4);
      assertThat(window.steps().targets()[2]).isEqualTo((float) Toy.BINARY.label(6));
    }
  }

  @Test
  void aProbabilityIsTheScoreAndTheLabelFedBackChangesTheNextOne() {
    Map<String, String> settings = Toy.BINARY.settings(Map.of("model.label.feedback", "true"));
    try (Flow labelled = new Flow(settings);
        Flow unlabelled = new Flow(settings)) {
      Score first = send(labelled, Toy.BINARY, 0, true, false);
      assertThat(first.getPrediction()).containsExactly(first.getScore());
      assertThat(send(unlabelled, Toy.BINARY, 0, false, false).getScore())
          .isEqualTo(first.getScore());

      assertThat(send(labelled, Toy.BINARY, 3, true, false).getScore())
          .isNotEqualTo(send(unlabelled, Toy.BINARY, 3, true, false).getScore());
    }
  }
}
