package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnFlowTest {
  /** A version every few events. */
  private static final Map<String, String> EAGER = Map.of(
      "window.size", "8",
      "batch.windows", "2",
      "sync.steps", "2",
      "optimizer.rate", "0.01",
      "optimizer.warmup", "0");

  private static List<Score> scores(Flow flow, int events) {
    List<Score> scores = new ArrayList<>();
    for (int n = 0; n < events; n++) {
      scores.add(wave(flow, n));
    }
    return scores;
  }

  private static Score wave(Flow flow, int n) {
    Random noise = new Random(n);
    double phase = 2 * Math.PI * n / 12;
    Score score = flow.score(
        "k" + n % 3,
        n,
        10 + 3 * Math.sin(phase) + 0.1 * noise.nextGaussian(),
        Math.cos(phase) + 0.1 * noise.nextGaussian());
    flow.driver.advanceWallClockTime(Duration.ofMillis(1));
    return score;
  }

  private static double meanSurprise(List<Score> scores) {
    return scores.stream().mapToDouble(Score::getSurprise).average().orElseThrow();
  }

  @Test
  void everyScoreIsMadeByTheWeightsThatWereThereBeforeItsEvent() {
    try (Flow flow = new Flow(EAGER)) {
      for (int n = 0; n < 600; n++) {
        long before = flow.version();

        assertThat(wave(flow, n).getWeightsVersion()).isEqualTo(before);
      }
      assertThat(flow.version()).isGreaterThan(5);
    }
  }

  @Test
  void aScoreIsTheSameWhetherOrNotItsEventIsLearned() {
    List<Score> whole;
    try (Flow flow = new Flow(EAGER)) {
      whole = scores(flow, 200);
    }
    for (int last : List.of(15, 47, 48, 49, 111, 199)) {
      try (Flow flow = new Flow(EAGER)) {
        scores(flow, last);

        assertThat(wave(flow, last)).isEqualTo(whole.get(last));
      }
    }
  }

  @Test
  void scoresChangeBecauseTheWeightsDid() {
    try (Flow learning = new Flow(EAGER);
        Flow frozen = new Flow(Map.of("learn.enabled", "false"))) {
      List<Score> changed = scores(learning, 300);
      List<Score> unchanged = scores(frozen, 300);

      int first = 0;
      while (changed.get(first).getWeightsVersion() == 0) {
        assertThat(changed.get(first)).isEqualTo(unchanged.get(first));
        first++;
      }
      assertThat(first).isLessThan(200);
      assertThat(changed.get(first).getPrediction())
          .isNotEqualTo(unchanged.get(first).getPrediction());
    }
  }

  @Test
  void whatIsLearnedMakesTheStreamLessSurprising() {
    try (Flow learning = new Flow(EAGER);
        Flow frozen = new Flow(Map.of("learn.enabled", "false"))) {
      List<Score> scores = scores(learning, 6000);

      double learned = meanSurprise(scores.subList(5000, 6000));
      assertThat(learned).isLessThan(meanSurprise(scores.subList(500, 1500)) - 0.3);
      assertThat(learned).isLessThan(meanSurprise(scores(frozen, 6000).subList(5000, 6000)) - 0.3);
    }
  }

  @Test
  void theSameStreamIsLearnedToTheSameBytes() {
    List<List<Score>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (Flow flow = new Flow(EAGER)) {
        runs.add(scores(flow, 1000));
      }
    }

    assertThat(runs.get(0).get(999).getWeightsVersion()).isPositive();
    assertThat(runs.get(0)).isEqualTo(runs.get(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyEligibleStepIsInTheWeightsOrOnItsWay(long seed) {
    Random random = new Random(seed);
    try (Flow flow = new Flow(Map.of(
        "window.size", "5",
        "window.idle", "2s",
        "batch.windows", "3",
        "sync.steps", "4",
        "sequence.gap", "20s"))) {
      Ledger ledger = new Ledger(flow);
      long time = 0;
      for (int n = 0; n < 3000; n++) {
        time += random.nextInt(40) == 0 ? random.nextInt(30_000) : random.nextInt(20);
        long late = random.nextInt(50) == 0 ? 5 : 0;
        flow.events.pipeInput(
            bytes("k" + random.nextInt(7)),
            Flow.event(Math.max(0, time - late), random.nextGaussian(), random.nextDouble()),
            time);
        if (random.nextInt(10) == 0) {
          flow.driver.advanceWallClockTime(Duration.ofMillis(random.nextInt(700)));
        }
        if (n % 50 == 0) {
          assertThat(ledger.accountedFor())
              .as("seed=%d, event=%d", seed, n)
              .isEqualTo(ledger.eligible());
        }
      }
      flow.pass(Duration.ofSeconds(5));

      assertThat(flow.gauge("millrace.weights.steps"))
          .isEqualTo(ledger.eligible())
          .isPositive();
    }
  }
}
