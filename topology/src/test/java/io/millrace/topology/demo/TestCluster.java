package io.millrace.topology.demo;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.topics.TopicAdmin;
import io.millrace.topology.topics.TopicPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker's topics under one test's own names. */
public final class TestCluster {
  private final String bootstrapServers;
  private final String prefix;

  TestCluster(String bootstrapServers, String prefix) {
    this.bootstrapServers = bootstrapServers;
    this.prefix = prefix;
  }

  /** Settings by which a command or an application works in this test's topics only. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("application.id", prefix);
    for (String topic :
        List.of("events", "scores", "windows", "updates", "weights", "control", "dead-letters")) {
      settings.put("topic." + topic, topic(topic));
    }
    return settings;
  }

  /** Its full name. */
  public String topic(String name) {
    return prefix + "-" + name;
  }

  public MillraceConfig config(Map<String, String> sets) {
    Map<String, String> all = settings();
    all.putAll(sets);
    return MillraceConfig.load(Optional.empty(), Map.of(), all);
  }

  /** All of them, the events in so many partitions, the windows in one. */
  public void createTopics(int partitions) {
    createTopics(partitions, 1);
  }

  public void createTopics(int partitions, int learnPartitions) {
    MillraceConfig config = config(Map.of("model.inputs", "1"));
    try (TopicAdmin admin = new TopicAdmin(config.adminProperties())) {
      admin.create(
          TopicPlan.of(config.topics(), partitions, learnPartitions, Map.of()).missing(),
          Optional.empty());
    }
  }

  /** @throws IllegalStateException with the first that was refused */
  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers),
        new ByteArraySerializer(),
        new ByteArraySerializer())) {
      for (Future<RecordMetadata> sent : records.stream().map(producer::send).toList()) {
        sent.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("not sent: " + e.getMessage(), e);
    }
  }

  /** The committed records of a topic from its beginning, once there are so many; partition by partition where there are several. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
      while (records.size() < count) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }

  /** How many committed records a topic has by now. */
  public int count(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
      int count = 0;
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        count += consumer.poll(Duration.ofSeconds(1)).count();
      }
      return count;
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String topic) {
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
    List<TopicPartition> partitions = consumer.partitionsFor(topic(topic)).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }
}
