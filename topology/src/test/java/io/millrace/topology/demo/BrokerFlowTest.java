package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.run.StreamsRunner;
import io.millrace.topology.score.DeadLetter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@ExtendWith(SharedBroker.class)
class BrokerFlowTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);

  @TempDir
  private Path dir;

  private static byte[] event(long time, Double... features) {
    return EVENTS.encode(
        new Event(null, Instant.ofEpochMilli(time), List.of(features), List.of(), null, false));
  }

  private static byte[] good(int n) {
    return event(n, n % 7 * 1.0);
  }

  private StreamsRunner runner(TestCluster cluster, String stateDir) {
    return new StreamsRunner(cluster.config(Map.of(
        "model.inputs", "1",
        "model.hidden", "8",
        "state.dir", dir.resolve(stateDir).toString())));
  }

  @Test
  void everyEventIsScoredAndARestartOnAnEmptyDiskKeepsAKeysMemory(TestCluster cluster) {
    cluster.createTopics(1);

    send(cluster, 0, 200);
    List<Long> first = stepsAfterRun(cluster, "state-1", 200);
    send(cluster, 200, 50);
    List<Long> all = stepsAfterRun(cluster, "state-2", 250);

    assertThat(first).containsExactlyElementsOf(steps(200));
    assertThat(all).containsExactlyElementsOf(steps(250));
  }

  private static List<Long> steps(int events) {
    return Stream.iterate(0L, step -> step + 1).limit(events).toList();
  }

  private static void send(TestCluster cluster, int from, int count) {
    cluster.send(IntStream.range(from, from + count)
        .mapToObj(n -> record(cluster, "k", good(n)))
        .toList());
  }

  private static ProducerRecord<byte[], byte[]> record(
      TestCluster cluster, String key, byte[] value) {
    return new ProducerRecord<>(
        cluster.topic("events"), key == null ? null : key.getBytes(UTF_8), value);
  }

  private List<Long> stepsAfterRun(TestCluster cluster, String stateDir, int count) {
    try (StreamsRunner runner = runner(cluster, stateDir)) {
      runner.start();
      return cluster.read("scores", count).stream()
          .map(record -> SCORES.decode(record.value()).getSteps())
          .toList();
    }
  }

  /** What Kafka takes unless told otherwise, less what a record and its batch add. */
  private static final int LARGEST = 1024 * 1024 - 100;

  /** A record that cannot be scored, and what is to be said of it. */
  private record Bad(String key, byte[] value, String reason) {}

  private static List<Bad> badRecords() throws Exception {
    return List.of(
        new Bad("k1", "garbage".getBytes(UTF_8), "undecodable"),
        new Bad(null, good(1), "null-key"),
        new Bad("k2", event(2, Double.NaN), "non-finite"),
        new Bad("k3", event(3), "wrong-width"),
        new Bad("k4", ofUnknownSchema(), "unknown-schema"),
        new Bad("k5", null, "null-value"),
        new Bad("k6", new byte[LARGEST], "undecodable"));
  }

  private static byte[] ofUnknownSchema() throws Exception {
    Schema schema = SchemaBuilder.record("Stranger").fields().requiredLong("x").endRecord();
    return new BinaryMessageEncoder<>(GenericData.get(), schema)
        .encode(new GenericRecordBuilder(schema).set("x", 1L).build())
        .array();
  }

  @Test
  void badRecordsAmongTenThousandGoodOnesBecomeDeadLettersAndNothingStops(TestCluster cluster)
      throws Exception {
    cluster.createTopics(2);
    List<Bad> bad = badRecords();
    sendAmongGoodOnes(cluster, bad, 10_000);

    try (StreamsRunner runner = runner(cluster, "state")) {
      runner.start();
      List<ConsumerRecord<byte[], byte[]>> letters = cluster.read("dead-letters", bad.size());
      List<ConsumerRecord<byte[], byte[]>> scores = cluster.read("scores", 10_000);

      assertThat(letters)
          .extracting(BrokerFlowTest::key, ConsumerRecord::value, BrokerFlowTest::reason)
          .containsExactlyInAnyOrderElementsOf(bad.stream()
              .map(one -> tuple(one.key(), one.value(), one.reason()))
              .toList());
      assertThat(scores.stream()
              .collect(Collectors.groupingBy(BrokerFlowTest::key, Collectors.counting())))
          .hasSize(100)
          .allSatisfy((key, count) -> assertThat(count).isEqualTo(100));
    }
    assertThat(cluster.count("scores")).isEqualTo(10_000);
    assertThat(cluster.count("dead-letters")).isEqualTo(bad.size());
  }

  private static void sendAmongGoodOnes(TestCluster cluster, List<Bad> bad, int good) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int n = 0; n < good; n++) {
      records.add(record(cluster, "good-" + n % 100, good(n)));
    }
    for (int n = 0; n < bad.size(); n++) {
      Bad one = bad.get(n);
      records.add((n + 1) * good / (bad.size() + 1), record(cluster, one.key(), one.value()));
    }
    cluster.send(records);
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? null : new String(record.key(), UTF_8);
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return new String(letter.headers().lastHeader(DeadLetter.REASON).value(), UTF_8);
  }
}
