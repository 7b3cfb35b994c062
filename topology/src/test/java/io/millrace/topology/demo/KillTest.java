package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.schemas.Update;
import io.millrace.schemas.Weights;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.command.Millrace;
import io.millrace.topology.config.MillraceConfig;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The application as a process of its own, ended as by kill -9 while events come and are learned. */
@Timeout(240)
@ExtendWith(SharedBroker.class)
class KillTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);
  private static final AvroSerde<Update> UPDATES = AvroSerde.of(Update.class);
  private static final AvroSerde<Weights> WEIGHTS = AvroSerde.of(Weights.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int KEYS = 20;
  private static final int EVENTS_SENT = 6_000;
  private static final int BATCH = 50;
  private static final int KILLS = 3;

  @TempDir
  private Path dir;

  private static ProducerRecord<byte[], byte[]> event(TestCluster cluster, int n) {
    Random noise = new Random(n);
    List<Double> features =
        List.of(Math.sin(n / 9.0) + 0.1 * noise.nextGaussian(), noise.nextGaussian());
    return new ProducerRecord<>(
        cluster.topic("events"),
        ("k" + n % KEYS).getBytes(UTF_8),
        EVENTS.encode(new Event(null, Instant.ofEpochMilli(n), features, List.of(), null, false)));
  }

  private Map<String, String> settings() {
    return Map.of(
        "model.inputs", "2",
        "model.hidden", "8",
        "window.size", "8",
        "window.idle", "2s",
        "sync.interval", "200ms",
        "state.dir", dir.resolve("state").toString(),
        // A killed member holds its group up for so long.
        "consumer.session.timeout.ms", "6000",
        "consumer.heartbeat.interval.ms", "1000");
  }

  private Process start(TestCluster cluster) throws IOException {
    Properties properties = new Properties();
    properties.putAll(cluster.settings());
    properties.putAll(settings());
    Path file = dir.resolve("millrace.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            Millrace.class.getName(),
            "run",
            "--config",
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(dir.resolve("run.log").toFile()))
        .start();
  }

  private static CompletableFuture<Void> sendSlowly(TestCluster cluster) {
    return CompletableFuture.runAsync(() -> {
      for (int from = 0; from < EVENTS_SENT; from += BATCH) {
        cluster.send(
            IntStream.range(from, from + BATCH).mapToObj(n -> event(cluster, n)).toList());
      }
    });
  }

  @Test
  void nothingIsLostAndNothingCountedTwiceWhenTheApplicationIsKilled(TestCluster cluster)
      throws Exception {
    cluster.createTopics(2, 2);
    Process application = start(cluster);
    try {
      CompletableFuture<Void> sending = sendSlowly(cluster);
      for (int kill = 1; kill <= KILLS; kill++) {
        int scored = kill * EVENTS_SENT / (KILLS + 1);
        await().atMost(PATIENCE).until(() -> cluster.count("scores") >= scored);
        application.destroyForcibly().waitFor();
        application = start(cluster);
      }
      sending.join();
      await().atMost(PATIENCE).until(() -> stepsLearned(cluster) == EVENTS_SENT - KEYS);
    } finally {
      application.destroyForcibly().waitFor();
    }

    assertThat(cluster.count("scores")).isEqualTo(EVENTS_SENT);
    assertThat(cluster.count("dead-letters")).isZero();
    assertThat(read(cluster, "scores").stream()
            .map(record -> SCORES.decode(record.value()).getTime())
            .distinct())
        .hasSize(EVENTS_SENT);
    assertThat(read(cluster, "updates").stream()
            .mapToLong(record -> UPDATES.decode(record.value()).getSteps())
            .sum())
        .isEqualTo(EVENTS_SENT - KEYS);
    assertThat(read(cluster, "weights").stream()
            .map(record -> WEIGHTS.decode(record.value()).getVersion()))
        .isEqualTo(IntStream.rangeClosed(1, cluster.count("weights"))
            .mapToObj(Long::valueOf)
            .toList());
    MillraceConfig config = cluster.config(new HashMap<>(settings()));
    assertThat(new LearningAudit(cluster, config.modelSpec()).stepsLearnedBeforeJudged())
        .isEmpty();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(TestCluster cluster, String topic) {
    return cluster.read(topic, cluster.count(topic));
  }

  private static long stepsLearned(TestCluster cluster) {
    List<ConsumerRecord<byte[], byte[]>> weights = read(cluster, "weights");
    return weights.isEmpty()
        ? 0
        : WEIGHTS.decode(weights.get(weights.size() - 1).value()).getStepsLearned();
  }
}
