package io.millrace.topology.demo;

import io.millrace.topology.config.MillraceConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What becomes of the events, as a careful reader sees it: committed records only. */
final class Outcomes implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String scores;
  private final String deadLetters;
  private final String windows;
  private final String updates;
  private final String weights;

  Outcomes(MillraceConfig config) {
    this.scores = config.topics().scores();
    this.deadLetters = config.topics().deadLetters();
    this.windows = config.topics().windows();
    this.updates = config.topics().updates();
    this.weights = config.topics().weights();
    Map<String, Object> settings = new HashMap<>(config.consumerProperties());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all = Stream.of(scores, deadLetters, windows, updates, weights)
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  Batch poll(Duration wait) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
    return new Batch(
        records.records(scores),
        records.records(deadLetters),
        records.records(windows),
        records.records(updates),
        records.records(weights));
  }

  @Override
  public void close() {
    consumer.close();
  }

  record Batch(
      Iterable<ConsumerRecord<byte[], byte[]>> scores,
      Iterable<ConsumerRecord<byte[], byte[]>> deadLetters,
      Iterable<ConsumerRecord<byte[], byte[]>> windows,
      Iterable<ConsumerRecord<byte[], byte[]>> updates,
      Iterable<ConsumerRecord<byte[], byte[]>> weights) {}
}
