package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.category.CategoryIds;
import io.millrace.model.learn.CutWindow;
import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.VocabularyCodec;
import io.millrace.serde.WindowCodec;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.run.StreamsRunner;
import io.millrace.topology.weights.VocabularyKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@ExtendWith(SharedBroker.class)
class BrokerVocabularyTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KEYS = 20;
  private static final int WORDS = 40;

  @TempDir
  private Path dir;

  private MillraceConfig config(TestCluster cluster, String stateDir) {
    return cluster.config(Map.of(
        "model.inputs", "0",
        "model.categories", "vocabulary:64",
        "model.head", "category",
        "model.hidden", "8",
        "window.size", "8",
        "window.idle", "1s",
        "state.dir", dir.resolve(stateDir).toString()));
  }

  /** Of event n. */
  private static String word(int n) {
    return "word-" + (n * 7919 % WORDS);
  }

  private static void send(TestCluster cluster, int from, int to) {
    cluster.send(IntStream.range(from, to)
        .mapToObj(n -> new ProducerRecord<>(
            cluster.topic("events"),
            ("k" + n % KEYS).getBytes(UTF_8),
            EVENTS.encode(new Event(
                null, Instant.ofEpochMilli(n), List.of(), List.of(word(n)), null, false))))
        .toList());
  }

  private static List<CutWindow> windows(TestCluster cluster, MillraceConfig config) {
    WindowCodec codec = new WindowCodec(config.modelSpec());
    return cluster.read("windows", cluster.count("windows")).stream()
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  private static CategoryIds ids(TestCluster cluster, MillraceConfig config) {
    VocabularyCodec codec = new VocabularyCodec(config.modelSpec(), config.categoryFields());
    CategoryIds ids = config.initialCategoryIds();
    for (ConsumerRecord<byte[], byte[]> record :
        cluster.read("weights", cluster.count("weights"))) {
      if (VocabularyKeys.match(record.key(), "model")) {
        ids = codec.decode(record.value()).appliedTo(ids);
      }
    }
    return ids;
  }

  private static double known(StreamsRunner runner) {
    return runner.meters().get("millrace.vocabulary.values").gauge().value();
  }

  private static void awaitSteps(TestCluster cluster, MillraceConfig config, int steps) {
    await()
        .atMost(PATIENCE)
        .until(() -> windows(cluster, config).stream()
                .mapToInt(window -> window.steps().steps())
                .sum()
            == steps);
  }

  @Test
  void anIdIsTheSameTextInEveryInstanceAndAfterARestart(TestCluster cluster) {
    cluster.createTopics(4);
    MillraceConfig config = config(cluster, "state-1");
    send(cluster, 0, 200);
    try (StreamsRunner one = new StreamsRunner(config);
        StreamsRunner other = new StreamsRunner(config(cluster, "state-2"))) {
      one.start();
      other.start();
      send(cluster, 200, 600);
      awaitSteps(cluster, config, 600);
      send(cluster, 600, 800); // whatever was asked for in vain comes again
      await().atMost(PATIENCE).until(() -> known(one) == WORDS && known(other) == WORDS);
    }
    try (StreamsRunner again = new StreamsRunner(config)) {
      again.start();
      assertThat(known(again)).isEqualTo(WORDS);
      send(cluster, 800, 1_200);
      awaitSteps(cluster, config, 1_200);
    }

    CategoryIds ids = ids(cluster, config);
    for (CutWindow window : windows(cluster, config)) {
      for (int t = 0; t < window.steps().steps(); t++) {
        int event = (int) window.times()[t];
        int id = (int) window.steps().targets()[t];
        assertThat(id)
            .as("event %d", event)
            .isIn(
                event < 800
                    ? List.of(0, ids.idOf(0, word(event)))
                    : List.of(ids.idOf(0, word(event))));
      }
    }
  }
}
