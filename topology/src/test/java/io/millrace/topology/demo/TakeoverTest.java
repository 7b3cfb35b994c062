package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.run.StreamsRunner;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An instance gives tasks away, keeps their stores as a standby, and gets the tasks back. */
@Timeout(180)
@ExtendWith(SharedBroker.class)
class TakeoverTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);
  private static final int KEYS = 40;
  private static final int EVENTS_OF_A_KEY = 5;

  @TempDir
  private Path dir;

  private StreamsRunner runner(TestCluster cluster, String guarantee, String stateDir) {
    return new StreamsRunner(cluster.config(Map.of(
        "model.inputs",
        "1",
        "model.hidden",
        "8",
        "standby.replicas",
        "1",
        "processing.guarantee",
        guarantee,
        "commit.interval",
        "100ms",
        "state.dir",
        dir.resolve(stateDir).toString())));
  }

  /** The next events of every key, until all of them have been scored. */
  private static void sendRound(TestCluster cluster, int round) {
    cluster.send(IntStream.range(0, KEYS * EVENTS_OF_A_KEY)
        .mapToObj(n -> event(cluster, n % KEYS, round * EVENTS_OF_A_KEY + n / KEYS))
        .toList());
    cluster.read("scores", (round + 1) * KEYS * EVENTS_OF_A_KEY);
  }

  private static ProducerRecord<byte[], byte[]> event(TestCluster cluster, int key, int step) {
    Event event = new Event(
        null, Instant.ofEpochMilli(step), List.of(step % 3 * 1.0), List.of(), null, false);
    return new ProducerRecord<>(
        cluster.topic("events"), ("k" + key).getBytes(UTF_8), EVENTS.encode(event));
  }

  private static Map<String, List<Long>> stepsOfEachKey(TestCluster cluster, int rounds) {
    return cluster.read("scores", rounds * KEYS * EVENTS_OF_A_KEY).stream()
        .collect(groupingBy(
            score -> new String(score.key(), UTF_8),
            mapping(score -> SCORES.decode(score.value()).getSteps(), toList())));
  }

  @Test
  void atLeastOnceTheOneThatHadAKeyBeforeSeesWhatAnotherMadeOfIt(TestCluster cluster) {
    givesTasksAwayAndGetsThemBack(cluster, "at_least_once");
  }

  @Test
  void exactlyOnceTheOneThatHadAKeyBeforeSeesWhatAnotherMadeOfIt(TestCluster cluster) {
    givesTasksAwayAndGetsThemBack(cluster, "exactly_once_v2");
  }

  private void givesTasksAwayAndGetsThemBack(TestCluster cluster, String guarantee) {
    cluster.createTopics(4);
    int rounds = 0;
    try (StreamsRunner first = runner(cluster, guarantee, "first")) {
      first.start();
      sendRound(cluster, rounds++);
      try (StreamsRunner second = runner(cluster, guarantee, "second")) {
        second.start();
        do {
          sendRound(cluster, rounds++);
        } while (scored(second) == 0);
      }
      double before = scored(first);
      sendRound(cluster, rounds++);
      assertThat(scored(first) - before).isEqualTo(KEYS * EVENTS_OF_A_KEY);
    }

    List<Long> steps =
        LongStream.range(0, (long) rounds * EVENTS_OF_A_KEY).boxed().toList();
    assertThat(stepsOfEachKey(cluster, rounds))
        .hasSize(KEYS)
        .allSatisfy((key, found) -> assertThat(found).isEqualTo(steps));
  }

  private static double scored(StreamsRunner runner) {
    return runner.meters().counter("millrace.events.scored").count();
  }
}
