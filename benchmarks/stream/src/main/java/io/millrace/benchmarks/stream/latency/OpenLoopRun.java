package io.millrace.benchmarks.stream.latency;

import io.millrace.benchmarks.stream.harness.ApplicationProcess;
import io.millrace.benchmarks.stream.harness.FirstFailure;
import io.millrace.benchmarks.stream.harness.Load;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.config.MillraceConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Events are sent by one thread when they are due; their scores are read by another, which sees committed ones only. */
final class OpenLoopRun {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int DIGITS = 3;

  private final OpenLoop loop;
  private final MillraceConfig config;
  private final Load.Maker events;
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private final Histogram micros = new Histogram(DIGITS);
  private final FirstFailure failure = new FirstFailure();
  private long start;
  private long read;

  /** @param config of the application */
  OpenLoopRun(OpenLoop loop, MillraceConfig config, Load load) {
    this.loop = loop;
    this.config = config;
    this.events = load.maker();
  }

  /**
   * @return microseconds from being due to being readable, of the events that count
   * @throws IllegalStateException when an event was refused or scores are missing
   */
  Histogram run(ApplicationProcess application, int partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(partitions)) {
      consumer.poll(Duration.ZERO);
      start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(POLL.toMillis());
      Thread sender = new Thread(this::send, "sender");
      sender.setDaemon(true);
      sender.start();
      readAll(consumer, application);
    }
    return micros;
  }

  private KafkaConsumer<byte[], byte[]> consumer(int partitions) {
    Map<String, Object> settings = config.consumerProperties();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(IntStream.range(0, partitions)
        .mapToObj(partition -> new TopicPartition(config.topics().scores(), partition))
        .toList());
    return consumer;
  }

  private void send() {
    Map<String, Object> settings = config.producerProperties();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long n = 0; n < loop.events(); n++) {
        awaitDue(n);
        Load.Entry event = events.next(System.currentTimeMillis());
        producer.send(
            new ProducerRecord<>(
                config.topics().events(), null, event.millis(), event.key(), event.value()),
            failure);
      }
    }
  }

  private void awaitDue(long n) {
    long due = start + loop.due(n);
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
    }
  }

  private void readAll(KafkaConsumer<byte[], byte[]> consumer, ApplicationProcess application) {
    long limit = start + loop.due(loop.events()) + PATIENCE.toNanos();
    while (read < loop.events()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("scores are missing: events=" + loop.events() + ", scores="
            + read + ", waited=" + PATIENCE.toSeconds() + " s. The rate may be too high.");
      }
      application.requireAlive();
      failure.requireNone(config.topics().events());
      var records = consumer.poll(POLL);
      long now = System.nanoTime();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        count(Long.parseLong(scores.decode(record.value()).getId()), now);
      }
    }
  }

  private void count(long n, long now) {
    read++;
    if (n >= loop.uncounted()) {
      micros.recordValue(TimeUnit.NANOSECONDS.toMicros(now - start - loop.due(n)));
    }
  }
}
