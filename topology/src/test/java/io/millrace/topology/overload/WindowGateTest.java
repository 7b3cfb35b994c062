package io.millrace.topology.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.topology.metrics.YieldMeters;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WindowGateTest {
  private static final TopicPartition EVENTS = new TopicPartition("events", 0);
  private static final TopicPartition WINDOWS = new TopicPartition("windows", 0);
  private static final TopicPartition OTHER_WINDOWS = new TopicPartition("windows", 1);
  private static final TopicPartition UPDATES = new TopicPartition("updates", 0);
  private static final long MS = 1_000_000;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private long now;
  private final LearnLoad load =
      new LearnLoad(new OverloadSettings(0.1, Duration.ofMillis(500), 100, 10), () -> now);
  private final WindowGate gate =
      new WindowGate("events", "windows", load, new YieldMeters(meters));

  WindowGateTest() {
    List<TopicPartition> all = List.of(EVENTS, WINDOWS, OTHER_WINDOWS, UPDATES);
    consumer.assign(all);
    all.forEach(partition -> consumer.updateBeginningOffsets(Map.of(partition, 0L)));
    all.forEach(partition -> consumer.updateEndOffsets(Map.of(partition, 0L)));
    all.forEach(partition -> consumer.seek(partition, 0));
  }

  /** @return what was paused while it polled */
  private Set<TopicPartition> poll() {
    Set<TopicPartition> paused = new HashSet<>();
    gate.around(consumer, () -> {
      paused.addAll(consumer.paused());
      return consumer.poll(Duration.ZERO);
    });
    return paused;
  }

  private void fallBehind() {
    consumer.updateEndOffsets(Map.of(EVENTS, 1_000L));
    poll();
    now += 500 * MS;
    poll();
    load.learning(() -> now += 100 * MS);
  }

  @Test
  void windowsWaitWhileThereAreEventsToScore() {
    fallBehind();

    assertThat(poll()).containsExactlyInAnyOrder(WINDOWS, OTHER_WINDOWS);
    assertThat(consumer.paused()).isEmpty();
    now += 250 * MS;
    poll();
    assertThat(meters
            .get("millrace.learn.waited")
            .tag("reason", "scorer-behind")
            .counter()
            .count())
        .isEqualTo(0.25);
  }

  @Test
  void windowsComeAgainWhenAllEventsAreRead() {
    fallBehind();
    consumer.updateEndOffsets(Map.of(EVENTS, 0L));
    poll();

    assertThat(poll()).isEmpty();
  }

  @Test
  void eventsThatNobodyMayReadYetHoldNothingUp() {
    consumer.pause(Set.of(EVENTS)); // as while its task is restored
    fallBehind();

    assertThat(poll()).containsExactly(EVENTS);
  }

  @Test
  void windowsWaitForAWorkerThatHoldsEnough() {
    load.pending(1, 100);

    assertThat(poll()).containsExactly(OTHER_WINDOWS);
    load.pending(1, 99);
    assertThat(poll()).isEmpty();
  }

  @Test
  void aPartitionThatKafkaStreamsPausesInAPollStaysPaused() {
    fallBehind();
    gate.around(consumer, () -> {
      gate.disown(Set.of(WINDOWS));
      return consumer.poll(Duration.ZERO);
    });

    assertThat(consumer.paused()).containsExactly(WINDOWS);
  }

  @Test
  void aPartitionThatLeavesDuringAPollIsNotTouchedAfterIt() {
    fallBehind();

    assertThatCode(() -> gate.around(consumer, () -> {
          consumer.assign(Set.of(EVENTS, UPDATES));
          return consumer.poll(Duration.ZERO);
        }))
        .doesNotThrowAnyException();
  }

  @Test
  void aPollThatFailsHoldsNothingUpForEver() {
    fallBehind();
    assertThatThrownBy(() -> gate.around(consumer, () -> {
          throw new IllegalStateException("broken");
        }))
        .hasMessage("broken");
    consumer.updateEndOffsets(Map.of(EVENTS, 0L));
    poll();

    assertThat(poll()).isEmpty();
  }

  @Test
  void windowsAreTooFarBehindByWhatTheTopicHolds() {
    consumer.addRecord(new ConsumerRecord<>("windows", 0, 0, null, new byte[0]));
    consumer.updateEndOffsets(Map.of(WINDOWS, 12L));
    assertThat(load.isTooFarBehind(0, 0)).isFalse(); // nothing known yet
    poll();

    assertThat(load.isTooFarBehind(0, 0)).isTrue();
    assertThat(load.isTooFarBehind(0, 1)).isFalse();
    assertThat(load.isTooFarBehind(1, 0)).isFalse();
  }
}
