package io.millrace.tests.faults.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the committed records of one topic from its beginning. */
public final class Tail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;

  public Tail(String bootstrapServers, String topic) {
    this.topic = topic;
    this.consumer = new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            "read_committed",
            "reconnect.backoff.max.ms",
            "200",
            "default.api.timeout.ms",
            "20000"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** All that has been committed since the last call; partition by partition in order. Nothing while the broker is away. */
  public List<ConsumerRecord<byte[], byte[]>> next() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try {
      assign();
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
    } catch (TimeoutException e) {
      return records; // the rest comes with the next call
    }
    return records;
  }

  /** A changelog is there once its application has started. */
  private void assign() {
    if (consumer.assignment().isEmpty()) {
      List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
          .map(info -> new TopicPartition(info.topic(), info.partition()))
          .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
