package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.run.StreamsRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@ExtendWith(SharedBroker.class)
class BrokerOverloadTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KEYS = 20;
  private static final int SENT = 3_000;

  private static ProducerRecord<byte[], byte[]> event(TestCluster cluster, int n) {
    return new ProducerRecord<>(
        cluster.topic("events"),
        ("k" + n % KEYS).getBytes(UTF_8),
        EVENTS.encode(new Event(
            null,
            Instant.ofEpochMilli(n),
            List.of(Math.sin(n / 9.0), n % 7.0),
            List.of(),
            null,
            false)));
  }

  @Test
  void windowsWaitBehindABacklogOfEventsAndAreAllLearnedAfterIt(
      TestCluster cluster, @TempDir Path dir) {
    cluster.createTopics(2, 2);
    cluster.send(IntStream.range(0, SENT).mapToObj(n -> event(cluster, n)).toList());
    MillraceConfig config = cluster.config(Map.of(
        "model.inputs", "2",
        "model.hidden", "8",
        "window.size", "8",
        "window.idle", "1s",
        "commit.interval", "20ms",
        "learn.share", "0.000001",
        "learn.yield.after", "1ms",
        "consumer.max.poll.records", "10",
        "state.dir", dir.toString()));
    try (StreamsRunner runner = new StreamsRunner(config)) {
      runner.start();
      await()
          .atMost(PATIENCE)
          .until(
              () -> runner.meters().get("millrace.weights.steps").gauge().value() == SENT - KEYS);

      assertThat(cluster.count("scores")).isEqualTo(SENT);
      assertThat(runner
              .meters()
              .get("millrace.learn.waited")
              .tag("reason", "scorer-behind")
              .counter()
              .count())
          .isPositive();
    }
  }
}
