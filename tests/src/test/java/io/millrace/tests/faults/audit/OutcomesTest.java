package io.millrace.tests.faults.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.tests.faults.plan.Burst;
import io.millrace.topology.score.DeadLetter;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private static final byte[] KEY = "k".getBytes(UTF_8);

  private final Findings findings = new Findings();
  private final Outcomes outcomes = new Outcomes(findings);

  private static ConsumerRecord<byte[], byte[]> event(String id, long offset) {
    Event event = Event.newBuilder()
        .setId(id)
        .setTime(Instant.EPOCH)
        .setFeatures(List.of())
        .build();
    return new ConsumerRecord<>(
        "events", 0, offset, KEY, AvroSerde.of(Event.class).encode(event));
  }

  private static ConsumerRecord<byte[], byte[]> poison(long offset) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("events", 0, offset, KEY, new byte[0]);
    record.headers().add(Burst.POISON, new byte[0]);
    return record;
  }

  private static ConsumerRecord<byte[], byte[]> score(String id, long offset) {
    Score score = Score.newBuilder()
        .setId(id)
        .setTime(Instant.EPOCH)
        .setScore(0)
        .setSurprise(0)
        .setPrediction(List.of())
        .setWeightsVersion(0)
        .setSteps(0)
        .setWarmup(false)
        .setLate(false)
        .setRestarted(false)
        .build();
    return new ConsumerRecord<>(
        "scores", 0, offset, KEY, AvroSerde.of(Score.class).encode(score));
  }

  private static ConsumerRecord<byte[], byte[]> deadLetter(String place) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("dead-letters", 0, 0, KEY, new byte[0]);
    record.headers().add(DeadLetter.PLACE, place.getBytes(UTF_8));
    record.headers().add(DeadLetter.REASON, "undecodable".getBytes(UTF_8));
    return record;
  }

  @Test
  void everyEventWithOneOutcomeIsNoFinding() {
    outcomes.event(event("a", 0));
    outcomes.event(poison(1));
    outcomes.event(event("b", 2));

    assertThat(outcomes.score(score("a", 0))).isPresent();
    assertThat(outcomes.score(score("b", 1))).isPresent();
    outcomes.deadLetter(deadLetter("events-0@1"));

    assertThat(outcomes.without()).isZero();
    assertThat(findings.texts()).isEmpty();
  }

  @Test
  void whatHasNoOutcomeIsLost() {
    outcomes.event(event("a", 0));
    outcomes.event(poison(1));

    assertThat(outcomes.without()).isEqualTo(2);
  }

  @Test
  void aSecondScoreIsADuplicate() {
    outcomes.event(event("a", 0));
    outcomes.score(score("a", 0));

    assertThat(outcomes.score(score("a", 1))).isEmpty();

    assertThat(findings.duplicated()).isEqualTo(1);
    assertThat(findings.texts()).containsExactly("scored twice: event=a, place=scores-0@1");
  }

  @Test
  void aSecondDeadLetterIsADuplicate() {
    outcomes.event(poison(0));
    outcomes.deadLetter(deadLetter("events-0@0"));
    outcomes.deadLetter(deadLetter("events-0@0"));

    assertThat(findings.duplicated()).isEqualTo(1);
  }

  @Test
  void scoresInAnotherOrderThanTheirEventsAreAMismatch() {
    outcomes.event(event("a", 0));
    outcomes.event(event("b", 1));

    outcomes.score(score("b", 0));

    assertThat(findings.mismatches()).isEqualTo(1);
  }
}
