package io.millrace.topology.replay;

import io.millrace.topology.config.MillraceConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The events topic as one replay writes it: records and the {@link Place} behind them in one transaction. Another replay of the same name is fenced
 * off, and what it left open is aborted.
 */
final class EventLog implements AutoCloseable {
  private static final String NAME_PREFIX = "millrace-replay-";

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final TopicPartition keeper;
  private final ConsumerGroupMetadata group;
  private final Optional<OffsetAndMetadata> kept;
  private boolean open;
  private long openSince;

  /** @param name of the replay */
  EventLog(MillraceConfig config, String name) {
    this.topic = config.topics().events();
    // The offset of no consumer: one partition stands for the whole topic.
    this.keeper = new TopicPartition(topic, 0);
    this.producer = producer(config, NAME_PREFIX + name);
    producer.initTransactions();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(config, NAME_PREFIX + name)) {
      this.group = consumer.groupMetadata();
      this.kept = Optional.ofNullable(consumer.committed(Set.of(keeper)).get(keeper));
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(MillraceConfig config, String id) {
    Map<String, Object> settings = new HashMap<>(config.producerProperties());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(MillraceConfig config, String group) {
    Map<String, Object> settings = new HashMap<>(config.consumerProperties());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Where the last run of this name was, as of the opening of this log. */
  Place place() {
    return kept.map(Place::of).orElse(Place.START);
  }

  void send(byte[] key, byte[] value) {
    if (!open) {
      producer.beginTransaction();
      open = true;
      openSince = System.nanoTime();
    }
    producer.send(new ProducerRecord<>(topic, key, value));
  }

  /** When the open transaction began, by {@code System.nanoTime}; now where none is open. */
  long openSince() {
    return open ? openSince : System.nanoTime();
  }

  /** What was sent since the last commit, and how far that is, both or neither. Nothing where nothing was sent. */
  void commit(Place place) {
    if (open) {
      producer.sendOffsetsToTransaction(Map.of(keeper, place.toOffset()), group);
      producer.commitTransaction();
      open = false;
    }
  }

  /** What is not committed never was. */
  @Override
  public void close() {
    producer.close();
  }
}
