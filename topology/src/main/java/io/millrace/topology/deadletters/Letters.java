package io.millrace.topology.deadletters;

import io.millrace.topology.config.MillraceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The dead letters that are committed when this is opened: those that come later are left for another time. One thread. */
final class Letters implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;

  Letters(MillraceConfig config) {
    Map<String, Object> settings = new HashMap<>(config.consumerProperties());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // where retention was faster
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Set<TopicPartition> partitions = consumer.partitionsFor(config.topics().deadLetters()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .collect(Collectors.toSet());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    this.ends = consumer.endOffsets(partitions);
  }

  Set<TopicPartition> partitions() {
    return ends.keySet();
  }

  void seek(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
  }

  boolean hasMore() {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  /** The next few, in order within a partition; none where it takes long. */
  List<Letter> next() {
    List<Letter> letters = new ArrayList<>();
    consumer.poll(POLL).forEach(record -> letters.add(new Letter(record)));
    letters.removeIf(letter -> letter.offset() >= ends.get(letter.partition()));
    return letters;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
