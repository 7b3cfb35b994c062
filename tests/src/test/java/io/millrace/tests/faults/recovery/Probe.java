package io.millrace.tests.faults.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.tests.faults.site.Site;
import io.millrace.tests.faults.site.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sends an event to every partition again and again, each named by its time, and reads the scores as they become readable. */
final class Probe implements AutoCloseable {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final double NANOS_A_MS = 1e6;

  private final Site site;
  private final String events;
  private final int partitions;
  private final List<byte[]> keys;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread sender = new Thread(this::send, "probe");
  private volatile boolean isOver;
  private long recordTime = Instant.parse("2020-02-01T00:00:00Z").toEpochMilli();

  Probe(Site site, String events, String scores, int partitions) {
    this.site = site;
    this.events = events;
    this.partitions = partitions;
    this.keys = IntStream.range(0, partitions)
        .mapToObj(partition -> keyOf(partition, partitions))
        .toList();
    this.consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", site.bootstrapServers(), "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
    List<TopicPartition> all = IntStream.range(0, partitions)
        .mapToObj(partition -> new TopicPartition(scores, partition))
        .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
    sender.setDaemon(true);
    sender.start();
  }

  private void send() {
    while (!isOver) {
      recordTime++;
      String id = Long.toString(System.nanoTime());
      site.send(keys.stream().map(key -> event(key, id)).toList());
      Waiting.pass(BETWEEN);
    }
  }

  /** A key that belongs there. */
  private static byte[] keyOf(int partition, int partitions) {
    return IntStream.iterate(0, n -> n + 1)
        .mapToObj(n -> ("probe-" + n).getBytes(UTF_8))
        .filter(key -> BuiltInPartitioner.partitionForKey(key, partitions) == partition)
        .findFirst()
        .orElseThrow();
  }

  private ProducerRecord<byte[], byte[]> event(byte[] key, String id) {
    Event event = Event.newBuilder()
        .setId(id)
        .setTime(Instant.ofEpochMilli(recordTime))
        .setFeatures(List.of(1.0, 2.0))
        .build();
    return new ProducerRecord<>(events, null, recordTime, key, EVENTS.encode(event));
  }

  /**
   * Waits until every partition scores what was sent after a moment.
   *
   * @param since of {@link System#nanoTime}
   * @return milliseconds from then to the last partition's first such score
   */
  double millisToFirstScores(long since) {
    Map<Integer, Long> first = new HashMap<>();
    boolean came = Waiting.until(LIMIT, Duration.ZERO, () -> {
      consumer.poll(POLL).forEach(record -> {
        long sent = Long.parseLong(SCORES.decode(record.value()).getId());
        if (sent > since) {
          first.putIfAbsent(record.partition(), System.nanoTime());
        }
      });
      return first.size() == partitions;
    });
    if (!came) {
      throw new IllegalStateException("no scores: waited=" + LIMIT.toSeconds() + " s");
    }
    return (first.values().stream().mapToLong(Long::longValue).max().orElseThrow() - since)
        / NANOS_A_MS;
  }

  @Override
  public void close() {
    isOver = true;
    try {
      sender.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close();
  }
}
