package io.millrace.topology.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.run.StreamsRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class BrokerFlowTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);

  @TempDir
  private Path dir;

  @Test
  void everyEventIsScoredAndARestartOnAnEmptyDiskKeepsAKeysMemory() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker(dir.resolve("broker"))) {
      createTopics(broker);
      send(broker, 0, 200);
      List<Score> first = runUntil(broker, "state-1", 200);
      send(broker, 200, 50);
      List<Score> all = runUntil(broker, "state-2", 250);

      assertThat(first).extracting(Score::getSteps).containsExactlyElementsOf(steps(200));
      assertThat(all).extracting(Score::getSteps).containsExactlyElementsOf(steps(250));
    }
  }

  private static List<Long> steps(int events) {
    return Stream.iterate(0L, step -> step + 1).limit(events).toList();
  }

  private static void createTopics(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(Stream.of("events", "scores", "windows", "dead-letters")
              .map(name -> new NewTopic(name, 1, (short) 1))
              .toList())
          .all()
          .get();
    }
  }

  private static void send(EmbeddedBroker broker, int from, int count) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int n = from; n < from + count; n++) {
        Event event = new Event(null, Instant.ofEpochMilli(n), List.of(n % 7 * 1.0));
        producer.send(new ProducerRecord<>(
            "events", "k".getBytes(StandardCharsets.UTF_8), EVENTS.encode(event)));
      }
    }
  }

  /** Runs the application, and reads the scores from the beginning until there are so many. */
  private List<Score> runUntil(EmbeddedBroker broker, String stateDir, int count) {
    MillraceConfig config = MillraceConfig.load(
        Optional.empty(),
        Map.of(),
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "model.inputs", "1",
            "state.dir", dir.resolve(stateDir).toString()));
    Map<String, Object> settings = new HashMap<>(config.consumerProperties());
    settings.put("isolation.level", "read_committed");
    List<Score> scores = new ArrayList<>();
    try (StreamsRunner runner = new StreamsRunner(config);
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
            settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      runner.start();
      TopicPartition partition = new TopicPartition("scores", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (scores.size() < count) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(record -> scores.add(SCORES.decode(record.value())));
      }
    }
    return scores;
  }
}
