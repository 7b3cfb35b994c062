package io.millrace.benchmarks.stream.harness;

import io.millrace.topology.demo.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker in a process of its own, and what is looked up there. */
public final class Cluster implements AutoCloseable {
  private static final short ONE_REPLICA = 1;
  private static final int BATCH_BYTES = 262_144;
  private static final int LINGER_MS = 20;
  private static final int BROKER = 1;
  private static final Duration START = Duration.ofSeconds(5);
  private static final long PRELOADED_PER_SECOND = 250_000;

  /**
   * A minute later otherwise, when the next session has long been writing. On a virtual machine that returns free memory to its host
   * that session then writes to pages that the host has to find first, some 9 us each, and the one after it does not.
   */
  private static final Map<String, String> DELETE_AT_ONCE =
      Map.of("log.segment.delete.delay.ms", "1000");

  /** As long from the start as it may become: a heap that grows does so into pages that a virtual machine's host has to find first. */
  private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

  private final EmbeddedBroker broker;
  private final Admin admin;

  public Cluster(Path dir) throws IOException {
    this.broker = new EmbeddedBroker(dir, DELETE_AT_ONCE, HEAP);
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public void createTopic(String name, int partitions) {
    get(admin.createTopics(List.of(new NewTopic(name, partitions, ONE_REPLICA))).all());
  }

  /** Deletes every topic whose name begins so. */
  public void deleteTopics(String prefix) {
    Set<String> names = get(admin.listTopics().names()).stream()
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toSet());
    get(admin.deleteTopics(names).all());
  }

  /** Roughly what it takes to start one and to preload so many events, where nobody else uses the machine. */
  public static Duration expected(long events) {
    return START.plusSeconds(events / PRELOADED_PER_SECOND);
  }

  /**
   * Sends that many events; returns when all are there.
   *
   * @throws IllegalStateException with the broker's refusal, or with the number that is there, when it is another
   */
  public void preload(String topic, Load load, long events) {
    Map<String, Object> settings = producerSettings();
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      send(producer, topic, load, events);
    }
    long arrived = records(topic, 0);
    if (arrived != events) {
      throw new IllegalStateException("events not sent: topic=" + topic + ", expected=" + events
          + ", actual=" + arrived + ". See the broker's log.");
    }
  }

  /** @throws IllegalStateException when one was refused */
  static void send(Producer<byte[], byte[]> producer, String topic, Load load, long events) {
    FirstFailure failure = new FirstFailure();
    Load.Maker maker = load.maker();
    for (long n = 0; n < events; n++) {
      Load.Entry event = maker.next();
      producer.send(
          new ProducerRecord<>(topic, null, event.millis(), event.key(), event.value()), failure);
      failure.requireNone(topic);
    }
    producer.flush();
    failure.requireNone(topic);
  }

  Map<String, Object> producerSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    return settings;
  }

  /**
   * Records of a topic that a careful reader may read, markers of transactions among them.
   *
   * @param partitions of the topic; 0: asks first
   */
  public long records(String topic, int partitions) {
    int count = partitions > 0
        ? partitions
        : get(admin.describeTopics(List.of(topic)).allTopicNames())
            .get(topic)
            .partitions()
            .size();
    Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, count)
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return get(admin
            .listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
            .all())
        .values()
        .stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  /** Records of a topic up to which an application has committed. */
  public long committed(String group, String topic) {
    return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  /** Bytes on the broker's disk of all topics whose name ends so and begins so. */
  public long bytes(String prefix, String suffix) {
    Collection<Map<TopicPartition, ReplicaInfo>> replicas =
        get(admin.describeLogDirs(List.of(BROKER)).allDescriptions()).get(BROKER).values().stream()
            .map(dir -> dir.replicaInfos())
            .toList();
    return replicas.stream()
        .flatMap(all -> all.entrySet().stream())
        .filter(entry ->
            entry.getKey().topic().startsWith(prefix) && entry.getKey().topic().endsWith(suffix))
        .mapToLong(entry -> entry.getValue().size())
        .sum();
  }

  private static <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("broker not asked: interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("broker refused: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
