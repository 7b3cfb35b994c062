package io.millrace.tests.faults.site;

import io.millrace.topology.demo.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker's process, and a producer and an admin client that outlive its deaths. */
public final class Site implements AutoCloseable {
  /** Old record times must not have them deleted, and what a dead application left open must not stay so for long. */
  private static final Map<String, String> BROKER = Map.of(
      "log.retention.ms", "-1",
      "group.min.session.timeout.ms", "500",
      "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");

  private static final Duration LEADER_LIMIT = Duration.ofSeconds(30);
  private static final Duration TRY_AGAIN = Duration.ofMillis(50);

  private final EmbeddedBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Admin admin;
  private int kills;

  public Site(Path dir) {
    try {
      broker = new EmbeddedBroker(dir.resolve("broker"), BROKER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    producer = new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers(),
            "reconnect.backoff.max.ms",
            "200",
            "delivery.timeout.ms",
            "240000"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
    admin = Admin.create(
        Map.of("bootstrap.servers", bootstrapServers(), "reconnect.backoff.max.ms", "200"));
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public Tail tail(String topic) {
    return new Tail(bootstrapServers(), topic);
  }

  /** Makes topics by name and number of partitions, and returns once they can be written to. */
  public void createTopics(Map<String, Integer> partitions) {
    List<NewTopic> topics = partitions.entrySet().stream()
        .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1))
        .toList();
    get(admin.createTopics(topics).all().toCompletionStage().toCompletableFuture());
    if (!Waiting.until(LEADER_LIMIT, TRY_AGAIN, () -> haveLeaders(partitions))) {
      throw new IllegalStateException("no leaders: topics=" + partitions.keySet());
    }
  }

  private boolean haveLeaders(Map<String, Integer> topics) {
    try {
      admin.describeTopics(topics.keySet()).allTopicNames().get();
      ends(topics);
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<TopicPartition, Long> ends(Map<String, Integer> topics)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest = topics.entrySet().stream()
        .flatMap(topic -> java.util.stream.IntStream.range(0, topic.getValue())
            .mapToObj(partition -> new TopicPartition(topic.getKey(), partition)))
        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  /** All that have that prefix. */
  public void deleteTopics(String prefix) {
    Set<String> names = get(admin.listTopics().names().toCompletionStage().toCompletableFuture());
    get(admin
        .deleteTopics(names.stream().filter(name -> name.startsWith(prefix)).toList())
        .all()
        .toCompletionStage()
        .toCompletableFuture());
  }

  /** Returns once the broker has them all, however often it dies meanwhile. */
  public void send(Collection<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    sent.forEach(Site::get);
  }

  /** Returns at once, unless the producer's buffer is full. A record that is not delivered is lost, and the audit tells. */
  public void sendSoon(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("broker refused: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** kill -9 and a start on the same directory. */
  public void restartBroker() {
    kills++;
    broker.kill();
    startBroker();
  }

  private void startBroker() {
    try {
      broker.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void pauseBroker(Duration time) {
    Signals.send(broker.pid(), "STOP");
    Waiting.pass(time);
    Signals.send(broker.pid(), "CONT");
  }

  /** How often the broker was killed. */
  public int kills() {
    return kills;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
    broker.close();
  }
}
