package io.millrace.topology.replay;

import io.millrace.topology.config.MillraceConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
 * Records, and how far the work is that sends them, in one transaction: the place is kept as offsets of a consumer group that nobody consumes by.
 * Another log of the same name is fenced off, and what it left open is aborted. One thread.
 */
public final class TransactionalLog implements AutoCloseable {
  /** How late a reader may see a record; also how long a transaction stays open, however slow the pace. */
  static final Duration COMMIT_INTERVAL = Duration.ofMillis(250);

  private final KafkaProducer<byte[], byte[]> producer;
  private final ConsumerGroupMetadata group;
  private final Map<TopicPartition, OffsetAndMetadata> kept;
  private boolean open;
  private long openSince;

  /**
   * @param name of the group and of the transactions
   * @param keepers partitions under which the place is kept
   */
  public TransactionalLog(MillraceConfig config, String name, Set<TopicPartition> keepers) {
    this.producer = producer(config, name);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(config, name)) {
      producer.initTransactions();
      this.group = consumer.groupMetadata();
      this.kept = committed(consumer, keepers);
    }
  }

  /** What a log of this name keeps, without being one. */
  public static Map<TopicPartition, OffsetAndMetadata> kept(
      MillraceConfig config, String name, Set<TopicPartition> keepers) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(config, name)) {
      return committed(consumer, keepers);
    }
  }

  /** Without those under which nothing is kept. */
  private static Map<TopicPartition, OffsetAndMetadata> committed(
      KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> keepers) {
    Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>(consumer.committed(keepers));
    places.values().removeIf(place -> place == null);
    return places;
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

  /** Where the last log of this name was, as of the opening of this one. */
  public Map<TopicPartition, OffsetAndMetadata> kept() {
    return kept;
  }

  public void send(ProducerRecord<byte[], byte[]> record) {
    if (!open) {
      producer.beginTransaction();
      open = true;
      openSince = System.nanoTime();
    }
    producer.send(record);
  }

  /** @param atNanos by {@code System.nanoTime} */
  public boolean isCommitDue(long atNanos) {
    return open && atNanos - openSince > COMMIT_INTERVAL.toNanos();
  }

  /** What was sent since the last commit, and how far that is, both or neither. Nothing where nothing was sent. */
  public void commit(Map<TopicPartition, OffsetAndMetadata> place) {
    if (open) {
      producer.sendOffsetsToTransaction(place, group);
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
