package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.Event;
import io.millrace.schemas.Label;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.WindowCodec;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.run.StartException;
import io.millrace.topology.run.StreamsRunner;
import io.millrace.topology.topics.TopicAdmin;
import io.millrace.topology.topics.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@ExtendWith(SharedBroker.class)
class BrokerLabelsTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Label> LABELS = AvroSerde.of(Label.class);

  @TempDir
  private Path dir;

  private MillraceConfig config(TestCluster cluster, String stateDir) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "model.inputs", "1",
        "model.hidden", "8",
        "model.head", "binary",
        "window.size", "4",
        "window.idle", "1s",
        "label.wait", "1h"));
    settings.put("topic.labels", cluster.topic("labels"));
    settings.put("state.dir", dir.resolve(stateDir).toString());
    return cluster.config(settings);
  }

  private void createTopics(TestCluster cluster, int events, int labels) {
    cluster.createTopics(events);
    try (TopicAdmin admin = new TopicAdmin(config(cluster, "none").adminProperties())) {
      admin.create(
          List.of(new TopicSpec(cluster.topic("labels"), labels, Map.of())), Optional.empty());
    }
  }

  @Test
  void labelsOfAnotherPartitioningAreRefusedBeforeAnythingIsScored(TestCluster cluster) {
    createTopics(cluster, 2, 1);

    try (StreamsRunner runner = new StreamsRunner(config(cluster, "state"))) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(StartException.class)
          .hasMessage("application not started: topic mismatch: topic=" + cluster.topic("labels")
              + ", field=partitions, expected=2, actual=1. Labels need as many as "
              + cluster.topic("events") + " and its partitioner.");
    }
  }

  @Test
  void labelsFindTheirEventsAfterARestartOnAnEmptyDisk(TestCluster cluster) {
    createTopics(cluster, 2, 2);
    cluster.send(IntStream.range(0, 200).mapToObj(n -> event(cluster, n)).toList());
    try (StreamsRunner runner = new StreamsRunner(config(cluster, "state-1"))) {
      runner.start();
      cluster.read("scores", 200);
    }

    cluster.send(IntStream.range(0, 200).mapToObj(n -> label(cluster, n)).toList());
    MillraceConfig config = config(cluster, "state-2");
    try (StreamsRunner runner = new StreamsRunner(config)) {
      runner.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> knownSteps(cluster, config) == 200);

      assertThat(runner.meters().counter("millrace.labels.joined").count()).isEqualTo(200);
      assertThat(runner.meters().counter("millrace.labels.unknown").count()).isZero();
    }
  }

  private static ProducerRecord<byte[], byte[]> event(TestCluster cluster, int n) {
    Event event =
        new Event("e" + n, Instant.ofEpochMilli(n), List.of(n % 7 * 1.0), List.of(), null, false);
    return new ProducerRecord<>(cluster.topic("events"), key(n), EVENTS.encode(event));
  }

  private static ProducerRecord<byte[], byte[]> label(TestCluster cluster, int n) {
    Label label = new Label("e" + n, n % 2 * 1.0, Instant.ofEpochMilli(n));
    return new ProducerRecord<>(cluster.topic("labels"), key(n), LABELS.encode(label));
  }

  private static byte[] key(int n) {
    return ("k" + n % 10).getBytes(UTF_8);
  }

  private static int knownSteps(TestCluster cluster, MillraceConfig config) {
    WindowCodec codec = new WindowCodec(config.modelSpec());
    return cluster.read("windows", cluster.count("windows")).stream()
        .mapToInt(record -> codec.decode(record.value()).steps().knownSteps())
        .sum();
  }
}
