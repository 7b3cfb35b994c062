package io.millrace.tests.faults.overload;

import io.millrace.schemas.Score;
import io.millrace.schemas.Weights;
import io.millrace.serde.AvroSerde;
import io.millrace.tests.faults.site.Place;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads scores and weights as they become readable, and when that was. */
final class Watch implements AutoCloseable {
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);
  private static final AvroSerde<Weights> WEIGHTS = AvroSerde.of(Weights.class);
  private static final Duration POLL = Duration.ofMillis(20);

  private final AtomicLongArray seen;
  private final String scores;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread reader = new Thread(this::read, "watch");
  private volatile boolean isOver;
  private volatile int scored;
  private volatile long learned;

  /** @param most events that may ever be scored */
  Watch(Place place, int most) {
    seen = new AtomicLongArray(most);
    scores = place.topic("scores");
    consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", place.bootstrapServers(), "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
    List<TopicPartition> all = Stream.of(scores, place.topic("weights"))
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    while (!isOver) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.topic().equals(scores)) {
          seen.set(Integer.parseInt(SCORES.decode(record.value()).getId()), System.nanoTime());
          scored++;
        } else {
          learned = WEIGHTS.decode(record.value()).getStepsLearned();
        }
      }
    }
    consumer.close();
  }

  int scored() {
    return scored;
  }

  /** Steps in the newest weights. */
  long learned() {
    return learned;
  }

  /** Milliseconds that a part of some events waited at most for their scores, all of which have come. */
  long delay(Traffic traffic, int from, int until, double part) {
    long[] nanos = new long[until - from];
    Arrays.setAll(nanos, n -> seen.get(from + n) - traffic.due(from + n));
    Arrays.sort(nanos);
    return nanos[(int) Math.ceil(part * nanos.length) - 1] / 1_000_000;
  }

  @Override
  public void close() {
    isOver = true;
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
