package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.run.StartException;
import io.millrace.topology.run.StreamsRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@ExtendWith(SharedBroker.class)
class DamagedStoreRestartTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);

  @TempDir
  private Path dir;

  private static void send(TestCluster cluster, long time) {
    Event event = Event.newBuilder()
        .setTime(Instant.ofEpochMilli(time))
        .setFeatures(List.of(1.0 * time))
        .build();
    cluster.send(List.of(
        new ProducerRecord<>(cluster.topic("events"), "k".getBytes(UTF_8), EVENTS.encode(event))));
  }

  private void damageManifests() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files
          .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
          .toList()) {
        Files.writeString(file, "no manifest");
      }
    }
  }

  @Test
  void anApplicationWhoseStoresAreDamagedComesUpAtTheSecondStart(TestCluster cluster)
      throws IOException {
    cluster.createTopics(1);
    MillraceConfig config = cluster.config(Map.of(
        "model.inputs",
        "1",
        "model.hidden",
        "8",
        "learn.enabled",
        "false",
        "state.dir",
        dir.toString()));
    send(cluster, 0);
    try (StreamsRunner runner = new StreamsRunner(config)) {
      runner.start();
      cluster.read("scores", 1);
    }
    damageManifests();
    send(cluster, 1);

    try (StreamsRunner runner = new StreamsRunner(config)) {
      assertThatThrownBy(runner::start).isInstanceOf(StartException.class);
    }
    try (StreamsRunner runner = new StreamsRunner(config)) {
      runner.start();

      assertThat(cluster.read("scores", 2).stream()
              .map(record -> SCORES.decode(record.value()).getSteps()))
          .containsExactly(0L, 1L);
    }
  }
}
