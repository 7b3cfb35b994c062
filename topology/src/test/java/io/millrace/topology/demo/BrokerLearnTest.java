package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.model.ModelSpec;
import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.schemas.Update;
import io.millrace.schemas.Weights;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.WindowCodec;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.run.StartException;
import io.millrace.topology.run.StreamsRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@ExtendWith(SharedBroker.class)
class BrokerLearnTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);
  private static final AvroSerde<Update> UPDATES = AvroSerde.of(Update.class);
  private static final AvroSerde<Weights> WEIGHTS = AvroSerde.of(Weights.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KEYS = 20;

  @TempDir
  private Path dir;

  private MillraceConfig config(TestCluster cluster, String stateDir, Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(Map.of(
        "model.inputs", "2",
        "model.hidden", "8",
        "window.size", "8",
        "window.idle", "1s",
        "state.dir", dir.resolve(stateDir).toString()));
    all.putAll(sets);
    return cluster.config(all);
  }

  private static void send(TestCluster cluster, int from, int count) {
    cluster.send(
        IntStream.range(from, from + count).mapToObj(n -> event(cluster, n)).toList());
  }

  private static ProducerRecord<byte[], byte[]> event(TestCluster cluster, int n) {
    Random noise = new Random(n);
    List<Double> features =
        List.of(Math.sin(n / 9.0) + 0.1 * noise.nextGaussian(), noise.nextGaussian());
    return new ProducerRecord<>(
        cluster.topic("events"),
        ("k" + n % KEYS).getBytes(UTF_8),
        EVENTS.encode(new Event(null, Instant.ofEpochMilli(n), features, List.of(), null, false)));
  }

  private static Weights newest(TestCluster cluster) {
    List<ConsumerRecord<byte[], byte[]>> records = cluster.read("weights", 1);
    return WEIGHTS.decode(records.get(records.size() - 1).value());
  }

  private static long windowSteps(TestCluster cluster, ModelSpec spec) {
    WindowCodec codec = new WindowCodec(spec);
    return cluster.read("windows", cluster.count("windows")).stream()
        .mapToLong(record -> codec.decode(record.value()).steps().steps())
        .sum();
  }

  @Test
  void everyWindowIsLearnedOnceAlsoAcrossARestartBetweenTwoUpdates(TestCluster cluster) {
    cluster.createTopics(2, 2);
    send(cluster, 0, 2_000);
    Map<String, String> noUpdates = Map.of("sync.interval", "1h", "sync.steps", "100000");
    try (StreamsRunner runner = new StreamsRunner(config(cluster, "state-1", noUpdates))) {
      runner.start();
      await()
          .atMost(PATIENCE)
          .until(() -> runner.meters().counter("millrace.learn.steps").count() > 500);
    }
    assertThat(cluster.count("updates")).isZero();
    send(cluster, 2_000, 500);

    MillraceConfig config = config(cluster, "state-2", Map.of());
    try (StreamsRunner runner = new StreamsRunner(config)) {
      runner.start();
      cluster.read("scores", 2_500);
      // Every event of a key but its first is one step to learn.
      await().atMost(PATIENCE).until(() -> newest(cluster).getStepsLearned() == 2_500 - KEYS);
    }

    assertThat(windowSteps(cluster, config.modelSpec())).isEqualTo(2_500 - KEYS);
    List<Update> updates = cluster.read("updates", cluster.count("updates")).stream()
        .map(record -> UPDATES.decode(record.value()))
        .toList();
    assertThat(updates.stream().mapToLong(Update::getSteps).sum()).isEqualTo(2_500 - KEYS);
    assertThat(updates.stream().mapToLong(Update::getWindows).sum())
        .isEqualTo(cluster.count("windows"));
    assertThat(updates).extracting(Update::getWorker).contains(0, 1);
    LearningAudit audit = new LearningAudit(cluster, config.modelSpec());
    assertThat(audit.stepsLearnedBeforeJudged()).isEmpty();
    assertThat(audit.judgedSteps()).isEqualTo(2_500 - KEYS);
  }

  @Test
  void stagesDeployedApartLearnTogetherAndScoresTurnToTheNewWeights(TestCluster cluster) {
    cluster.createTopics(2, 1);
    try (StreamsRunner score = runner(cluster, "score");
        StreamsRunner learn = runner(cluster, "learn");
        StreamsRunner merge = runner(cluster, "merge")) {
      score.start();
      learn.start();
      merge.start();
      send(cluster, 0, 1_000);
      await().atMost(PATIENCE).until(() -> newest(cluster).getVersion() > 0);
      long version = newest(cluster).getVersion();
      await()
          .atMost(PATIENCE)
          .until(() -> score.meters().find("millrace.weights.version").gauge().value() >= version);
      send(cluster, 1_000, 100);

      List<ConsumerRecord<byte[], byte[]>> scores = cluster.read("scores", 1_100);
      assertThat(scores.stream()
              .map(record -> SCORES.decode(record.value()))
              .filter(one -> one.getTime().toEpochMilli() >= 1_000))
          .hasSize(100)
          .allSatisfy(one -> assertThat(one.getWeightsVersion()).isGreaterThanOrEqualTo(version));
    }
  }

  private StreamsRunner runner(TestCluster cluster, String stage) {
    return new StreamsRunner(config(cluster, stage, Map.of("stages", stage)));
  }

  @Test
  void aTopicThatIsMissingIsNamedBeforeAnythingStarts(TestCluster cluster) {
    try (StreamsRunner runner = new StreamsRunner(config(cluster, "state", Map.of()))) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("missing topics=[aTopicThat")
          .hasMessageEndingWith("Create them by ./millrace topics.");
    }
  }

  @Test
  void anotherModelsWeightsStopTheStartByName(TestCluster cluster) {
    cluster.createTopics(1, 1);
    send(cluster, 0, 400);
    try (StreamsRunner runner = new StreamsRunner(config(cluster, "small", Map.of()))) {
      runner.start();
      await().atMost(PATIENCE).until(() -> cluster.count("weights") > 0);
    }

    try (StreamsRunner other = new StreamsRunner(
        config(cluster, "large", Map.of("model.hidden", "9", "application.id", "another")))) {
      assertThatThrownBy(other::start)
          .isInstanceOfSatisfying(
              StartException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FOREIGN_WEIGHTS))
          .hasMessageContaining(
              "field=signature, expected=lstm-1x9-f2-forecast, actual=lstm-1x8-f2-forecast");
    }
  }
}
