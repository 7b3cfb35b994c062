package io.millrace.tests;

import static io.millrace.tests.Flow.bytes;
import static io.millrace.tests.Flow.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Label;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class ScoreFlowTest {
  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void badEventsAmongTenThousandGoodOnesBecomeDeadLettersAndTheRestGoesOn() {
    Random random = new Random(3);
    try (Flow flow = new Flow(Map.of())) {
      for (int n = 0; n < 10_000; n++) {
        flow.events.pipeInput(bytes("k" + n % 20), event(n, random.nextGaussian(), 5.0), n);
        if (n == 5_000) {
          flow.events.pipeInput(bytes("k1"), bytes("garbage"), n);
          flow.events.pipeInput(null, event(n, 1.0, 2.0), n);
          flow.events.pipeInput(bytes("k1"), event(n, Double.NaN, 2.0), n);
          flow.events.pipeInput(bytes("k1"), event(n, 1.0), n);
          flow.events.pipeInput(
              bytes("k1"), AvroSerde.of(Label.class).encode(new Label("x", 1.0, Instant.EPOCH)), n);
          flow.events.pipeInput(bytes("k1"), (byte[]) null, n);
        }
      }

      assertThat(flow.scores.readValuesToList()).hasSize(10_000);
      List<TestRecord<byte[], byte[]>> letters = flow.deadLetters.readRecordsToList();
      assertThat(letters.stream().map(letter -> header(letter, "millrace.reason")))
          .containsExactly(
              "undecodable",
              "null-key",
              "non-finite",
              "wrong-width",
              "unknown-schema",
              "null-value");
      assertThat(letters.get(0).value()).isEqualTo(bytes("garbage"));
      assertThat(header(letters.get(0), "millrace.place")).isEqualTo("events-0@5001");
      assertThat(header(letters.get(2), "millrace.message"))
          .isEqualTo("event rejected: field=features[0], actual=NaN. Send finite numbers only.");
      assertThat(
              flow.meters.counter("millrace.dead.letters", "reason", "null-key").count())
          .isEqualTo(1);
    }
  }

  @Test
  void theSameStreamGivesTheSameBytes() {
    List<List<Score>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (Flow flow = new Flow(Map.of())) {
        Random random = new Random(11);
        for (int n = 0; n < 500; n++) {
          flow.events.pipeInput(
              bytes("k" + n % 3), event(n, random.nextGaussian(), random.nextDouble()), n);
        }
        runs.add(flow.scores.readValuesToList());
      }
    }

    assertThat(runs.get(0)).isEqualTo(runs.get(1));
  }

  @Test
  void keysDoNotTouchEachOthersMemory() {
    Score alone;
    Score inCompany;
    try (Flow flow = new Flow(Map.of())) {
      flow.score("a", 1, 1, 2);
      flow.score("a", 2, 2, 3);
      alone = flow.score("a", 3, 1.5, 2.5);
    }
    try (Flow flow = new Flow(Map.of())) {
      flow.score("a", 1, 1, 2);
      flow.score("b", 1, 100, 200);
      flow.score("a", 2, 2, 3);
      flow.score("b", 2, 300, 100);
      inCompany = flow.score("a", 3, 1.5, 2.5);
    }

    assertThat(inCompany).isEqualTo(alone);
  }

  @Test
  void aCorruptRowIsCountedAndTheKeyBeginsAnew() {
    try (Flow flow = new Flow(Map.of())) {
      flow.score("a", 1, 1, 2);
      byte[] row = flow.keyStates().get(Bytes.wrap(bytes("a")));
      row[20] ^= 1;
      flow.keyStates().put(Bytes.wrap(bytes("a")), row);

      Score score = flow.score("a", 2, 1, 2);

      assertThat(score.getSteps()).isZero();
      assertThat(score.getRestarted()).isTrue();
      assertThat(flow.meters.counter("millrace.states.corrupt").count()).isEqualTo(1);
    }
  }

  @Test
  void keysLongUnseenLeaveByBoundedSweeps() {
    try (Flow flow = new Flow(
        Map.of("state.ttl", "1m", "state.expiry.interval", "10s", "state.expiry.rows", "30"))) {
      for (int n = 0; n < 100; n++) {
        flow.score("old" + n, 1, 1, 2);
      }
      flow.score("new", 100_000, 1, 2);
      long afterOneSweep = flow.keyStates().approximateNumEntries();
      for (int n = 1; n <= 5; n++) {
        flow.score("new", 100_000 + 10_000 * n, 1, 2);
      }

      assertThat(afterOneSweep).isBetween(70L, 101L);
      assertThat(flow.keyStates().approximateNumEntries()).isEqualTo(1);
      assertThat(flow.meters.counter("millrace.states.expired").count()).isEqualTo(100);
    }
  }

  @Test
  void anExpiredKeyIsFreshEvenBeforeTheSweepComesBy() {
    try (Flow flow = new Flow(Map.of("state.ttl", "1m", "state.expiry.interval", "365d"))) {
      flow.score("a", 1, 1, 2);
      flow.score("b", 200_000, 1, 2);

      assertThat(flow.score("a", 200_001, 1, 2).getSteps()).isZero();
    }
  }

  @Test
  void lateEventsAreRefusedWhereConfigured() {
    try (Flow flow = new Flow(Map.of("event.late", "dead-letter"))) {
      flow.score("a", 10, 1, 2);
      flow.events.pipeInput(bytes("a"), event(5, 1.0, 2.0), 11);

      assertThat(header(flow.deadLetters.readRecord(), "millrace.reason")).isEqualTo("late");
      assertThat(flow.scores.isEmpty()).isTrue();
    }
  }
}
