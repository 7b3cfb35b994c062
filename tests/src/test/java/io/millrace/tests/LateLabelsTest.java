package io.millrace.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.learn.CutWindow;
import io.millrace.schemas.Label;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LateLabelsTest {
  private static final AvroSerde<Label> LABELS = AvroSerde.of(Label.class);

  /** A flow whose labels come by a topic. Event n has time n. */
  private static final class Stream implements AutoCloseable {
    private final Toy toy;
    private final Flow flow;
    private final TestInputTopic<byte[], byte[]> labels;

    private Stream(Toy toy, Map<String, String> more) {
      this.toy = toy;
      Map<String, String> settings =
          new HashMap<>(Map.of("topic.labels", "labels", "label.wait", "10s", "window.size", "4"));
      settings.putAll(more);
      flow = new Flow(toy.settings(settings));
      labels = flow.driver.createInputTopic(
          "labels", new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Score event(int n) {
      return event(n, n);
    }

    private Score event(int n, long now) {
      flow.events.pipeInput(Toy.key(n), toy.bytes(n, false, false), now);
      return flow.scores.readValue();
    }

    private void label(int n, long now) {
      label(Toy.key(n), Toy.id(n), toy.label(n), now);
    }

    private void label(byte[] key, String id, double value, long now) {
      labels.pipeInput(key, LABELS.encode(new Label(id, value, Instant.ofEpochMilli(now))), now);
    }

    /** What became of the labels: joined, late, unknown. */
    private List<Double> fates() {
      return List.of(
          flow.count("millrace.labels.joined"),
          flow.count("millrace.labels.late"),
          flow.count("millrace.labels.unknown"));
    }

    @Override
    public void close() {
      flow.close();
    }
  }

  private static Stream binary(String... more) {
    Map<String, String> settings = new HashMap<>();
    for (int n = 0; n < more.length; n += 2) {
      settings.put(more[n], more[n + 1]);
    }
    return new Stream(Toy.BINARY, settings);
  }

  /** The first window of key 0 is shorter than the others. */
  private static final int FIRST = 4 - Math.floorMod(Arrays.hashCode(Toy.key(0)), 4);

  private static int[] eventsOfFirstWindow() {
    int[] events = new int[FIRST];
    Arrays.setAll(events, n -> n * Toy.KEYS);
    return events;
  }

  @Test
  void aFullWindowWaitsForItsLastLabelAndThenGoesAtOnce() {
    try (Stream stream = binary()) {
      for (int n : eventsOfFirstWindow()) {
        stream.event(n);
      }
      int last = (FIRST - 1) * Toy.KEYS;
      for (int n : eventsOfFirstWindow()) {
        assertThat(stream.flow.windows()).isEmpty();
        stream.label(n, 100 + n);
      }

      CutWindow window = stream.flow.windows().get(0);
      assertThat(window.steps().knownSteps()).isEqualTo(FIRST);
      assertThat(window.steps().targets()[FIRST - 1]).isEqualTo((float) Toy.BINARY.label(last));
      assertThat(Rows.ofLabels(stream.flow.openWindows())).isZero();
    }
  }

  @Test
  void labelsThatComeBeforeTheWindowIsFullLeaveNothingToWaitFor() {
    try (Stream stream = binary()) {
      for (int n : eventsOfFirstWindow()) {
        stream.event(n);
        if (n < (FIRST - 1) * Toy.KEYS) {
          stream.label(n, n);
        }
      }
      assertThat(stream.flow.windows()).isEmpty();
      stream.label((FIRST - 1) * Toy.KEYS, 100);

      assertThat(stream.flow.windows()).hasSize(1);
    }
  }

  @Test
  void aWindowThatHasWaitedLongEnoughGoesWithAMaskAndItsLabelsAreLateThenUnknown() {
    try (Stream stream = binary("label.wait", "10s", "window.idle", "5s")) {
      for (int n : eventsOfFirstWindow()) {
        stream.event(n);
      }
      stream.event(1000 * Toy.KEYS, 1000);
      stream.label(0, 1000);
      stream.flow.pass(Duration.ofSeconds(16));

      assertThat(stream.flow.windows())
          .extracting(window -> window.steps().knownSteps())
          .containsExactly(1);
      stream.label(Toy.KEYS, 17_000);
      assertThat(stream.fates()).containsExactly(1.0, 1.0, 0.0);

      stream.flow.pass(Duration.ofSeconds(60));
      stream.label(1000 * Toy.KEYS, 77_000);
      assertThat(stream.fates()).containsExactly(1.0, 1.0, 1.0);

      stream.flow.pass(Duration.ofSeconds(60));
      assertThat(Rows.ofLabels(stream.flow.openWindows())).isZero();
    }
  }

  @Test
  void aLabelOfNobodyAndASecondOneAreCountedAndChangeNothing() {
    try (Stream stream = binary()) {
      stream.event(0);
      stream.label(Toy.key(0), "nobody", 1, 1);
      stream.label(Toy.key(1), Toy.id(0), 1, 1);
      stream.label(0, 1);
      stream.label(0, 1);

      assertThat(stream.fates()).containsExactly(1.0, 0.0, 3.0);
    }
  }

  @Test
  void aLabelThatComesBeforeItsEventFindsItsStepWhenThatComes() {
    try (Stream stream = binary()) {
      for (int n : eventsOfFirstWindow()) {
        stream.label(n, n);
      }
      assertThat(stream.fates()).containsExactly(0.0, 0.0, (double) FIRST);
      for (int n : eventsOfFirstWindow()) {
        assertThat(stream.flow.windows()).isEmpty();
        stream.event(n);
      }

      assertThat(stream.flow.windows().get(0).steps().knownSteps()).isEqualTo(FIRST);
      assertThat(stream.fates()).containsExactly((double) FIRST, 0.0, (double) FIRST);
    }
  }

  @Test
  void aLabelThatComesBeforeItsEventIsFedBackAfterIt() {
    String[] settings = {"model.label.feedback", "true", "window.size", "64"};
    try (Stream before = binary(settings);
        Stream after = binary(settings)) {
      before.label(0, 0);
      Score first = before.event(0);
      assertThat(after.event(0)).isEqualTo(first);
      after.label(0, 0);

      assertThat(before.event(3)).isEqualTo(after.event(3));
    }
  }

  @Test
  void aLabelWhoseEventNeverComesIsForgotten() {
    try (Stream stream = binary("label.wait", "10s", "window.idle", "5s")) {
      stream.label(0, 0);
      stream.flow.pass(Duration.ofSeconds(30));
      stream.event(0, 30_000);

      assertThat(stream.fates()).containsExactly(0.0, 0.0, 1.0);
      assertThat(Rows.ofLabels(stream.flow.openWindows()))
          .isEqualTo(1); // the event awaits its label
    }
  }

  @Test
  void badLabelsBecomeDeadLettersAndTheRestGoesOn() {
    try (Stream stream = binary()) {
      stream.event(0);
      stream.labels.pipeInput(Toy.key(0), Flow.bytes("garbage"), 1);
      stream.label(Toy.key(0), Toy.id(0), 0.5, 1);
      stream.label(Toy.key(0), Toy.id(0), Double.NaN, 1);
      stream.label(null, Toy.id(0), 1, 1);
      stream.labels.pipeInput(Toy.key(0), (byte[]) null, 1);
      stream.label(0, 1);

      assertThat(stream.flow.deadLetters.readRecordsToList())
          .extracting(LateLabelsTest::reason)
          .containsExactly("undecodable", "wrong-type", "non-finite", "null-key", "null-value");
      assertThat(stream.fates()).containsExactly(1.0, 0.0, 0.0);
    }
  }

  private static String reason(TestRecord<byte[], byte[]> letter) {
    return new String(
        letter.headers().lastHeader("millrace.reason").value(), StandardCharsets.UTF_8);
  }

  @Test
  void aLateLabelIsFedBackUnlessANewerOneIsKnown() {
    String[] settings = {"model.label.feedback", "true", "window.size", "64"};
    try (Stream none = binary(settings);
        Stream newest = binary(settings);
        Stream both = binary(settings)) {
      for (Stream stream : List.of(none, newest, both)) {
        stream.event(0);
        stream.event(3);
      }
      newest.label(3, 4);
      both.label(3, 4);
      both.label(Toy.key(0), Toy.id(0), 1 - Toy.BINARY.label(3), 4);

      Score expected = newest.event(6);
      assertThat(both.event(6)).isEqualTo(expected);
      assertThat(none.event(6).getScore()).isNotEqualTo(expected.getScore());
    }
  }

  @Test
  void windowsAreTheSameWhetherALabelComesInItsEventOrByItself() {
    Map<String, String> unlearned =
        Map.of("window.size", "4", "batch.windows", "4096", "batch.max.wait", "1h");
    try (Stream late = new Stream(Toy.BINARY, unlearned);
        Flow inEvents = new Flow(Toy.BINARY.settings(unlearned))) {
      for (int n = 0; n < 100; n++) {
        late.event(n);
        inEvents.events.pipeInput(Toy.key(n), Toy.BINARY.bytes(n, true, false), n);
      }
      for (int n = 0; n < 100; n++) {
        late.label(n, 100);
      }

      List<CutWindow> expected = inEvents.windows();
      assertThat(expected).hasSizeGreaterThan(20);
      assertThat(late.flow.windows()).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  @Test
  void whatWaitsSurvivesARestart() {
    try (Stream before = binary();
        Stream after = binary()) {
      for (int n = 0; n < 60; n++) {
        before.event(n);
      }
      Rows.copy(before.flow.keyStates(), after.flow.keyStates());
      Rows.copy(before.flow.openWindows(), after.flow.openWindows());
      for (int n = 0; n < 60; n++) {
        before.label(n, 60);
        after.label(n, 60);
      }

      assertThat(after.fates()).containsExactly(60.0, 0.0, 0.0);
      assertThat(after.flow.windows())
          .hasSizeGreaterThan(10)
          .usingRecursiveComparison()
          .isEqualTo(before.flow.windows());
    }
  }

  @Test
  void aForgottenKeyLeavesNoRowsBehind() {
    try (Stream stream = binary(
        "window.size",
        "64",
        "window.idle",
        "1s",
        "label.wait",
        "1s",
        "state.ttl",
        "1m",
        "state.expiry.interval",
        "1s")) {
      stream.event(0);
      stream.event(1, 100_000);
      stream.event(4, 200_000);
      assertThat(stream.flow.keyStates().approximateNumEntries()).isEqualTo(1);

      stream.label(0, 200_000);
      stream.label(1, 200_000);
      stream.label(4, 200_000);

      assertThat(stream.fates()).containsExactly(1.0, 0.0, 2.0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Toy.class,
      names = {"BINARY", "REGRESSION"})
  void everyEligibleStepIsAccountedForHoweverLateItsLabel(Toy toy) {
    Random random = new Random(23);
    try (Stream stream = new Stream(
        toy,
        Map.of(
            "window.idle", "2s",
            "label.wait", "3s",
            "model.label.feedback", "true",
            "window.size", "5"))) {
      Ledger ledger = new Ledger(stream.flow);
      Map<Integer, List<Integer>> due = new HashMap<>();
      for (int n = 0; n < 3000; n++) {
        stream.event(n, 10L * n);
        due.computeIfAbsent(n + random.nextInt(600), at -> new ArrayList<>()).add(n);
        for (int labelled : due.getOrDefault(n, List.of())) {
          if (labelled % 7 > 0) {
            stream.label(labelled, 10L * n);
          }
        }
        stream.flow.driver.advanceWallClockTime(Duration.ofMillis(10));
        if (n % 50 == 0) {
          assertThat(ledger.accountedFor()).as("event=%d", n).isEqualTo(ledger.eligible());
        }
      }
      stream.flow.pass(Duration.ofSeconds(12));

      double unlabelled = stream.flow.count("millrace.steps.unlabelled");
      assertThat(ledger.eligible()).isEqualTo(3000);
      assertThat(unlabelled).isBetween(3000 / 7.0, 2500.0);
      assertThat(stream.flow.gauge("millrace.weights.steps")).isEqualTo(3000 - unlabelled);
      assertThat(stream.fates().get(0)).isEqualTo(3000 - unlabelled);
      assertThat(stream.fates().get(1)).isPositive();
      assertThat(Rows.ofLabels(stream.flow.openWindows())).isZero();
    }
  }

  /** Of a stream of which 15 labels in a hundred never come, judged once as much could be learned as without a delay. */
  @ParameterizedTest
  @ValueSource(ints = {0, 100, 1000, 10_000})
  void whatIsLearnedIsNearlyAsGoodHoweverLateTheLabels(int delay) {
    int events = 20_000 + delay;
    int judged = 4000;
    try (Stream stream =
        binary("label.wait", "30s", "window.size", "16", "batch.windows", "8", "sync.steps", "8")) {
      List<Score> scores = new ArrayList<>();
      for (int n = 0; n < events; n++) {
        scores.add(stream.event(n));
        int labelled = n - delay;
        if (labelled >= 0 && labelled % 100 >= 15) {
          stream.label(labelled, n);
        }
        stream.flow.driver.advanceWallClockTime(Duration.ofMillis(1));
      }
      for (int n = events - delay; n < events; n++) {
        if (n % 100 >= 15) {
          stream.label(n, events + n);
        }
      }
      stream.flow.pass(Duration.ofSeconds(70));

      Ledger ledger = new Ledger(stream.flow);
      assertThat(stream.fates()).containsExactly(events * 0.85, 0.0, 0.0);
      assertThat(stream.flow.gauge("millrace.weights.steps")).isEqualTo(events * 0.85);
      assertThat(ledger.accountedFor()).isEqualTo(ledger.eligible()).isEqualTo(events);
      List<Score> last = scores.subList(events - judged, events);
      assertThat(logLoss(last, events - judged)).isLessThan(0.2);
      assertThat(auc(last, events - judged)).isGreaterThan(0.98);
    }
  }

  private static double logLoss(List<Score> scores, int first) {
    double sum = 0;
    for (int n = 0; n < scores.size(); n++) {
      double p = scores.get(n).getScore();
      sum -= Math.log(Toy.BINARY.label(first + n) == 1 ? p : 1 - p);
    }
    return sum / scores.size();
  }

  /** The share of pairs of a 1 and a 0 in which the 1 scored higher. */
  private static double auc(List<Score> scores, int first) {
    long ones = 0;
    long right = 0;
    List<Integer> order = new ArrayList<>();
    for (int n = 0; n < scores.size(); n++) {
      order.add(n);
    }
    order.sort((a, b) -> Double.compare(scores.get(b).getScore(), scores.get(a).getScore()));
    for (int n : order) {
      if (Toy.BINARY.label(first + n) == 1) {
        ones++;
      } else {
        right += ones;
      }
    }
    return (double) right / (ones * (scores.size() - ones));
  }
}
