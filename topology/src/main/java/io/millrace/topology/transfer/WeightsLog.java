package io.millrace.topology.transfer;

import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.WeightsAssembly;
import io.millrace.topology.config.MillraceConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The weights topic, read from its beginning: whole committed versions, one after the other. One thread. */
final class WeightsLog implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final WeightsAssembly assembly;

  WeightsLog(MillraceConfig config) {
    Map<String, Object> settings = new HashMap<>(config.consumerProperties());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.partition = new TopicPartition(config.topics().weights(), 0);
    this.assembly = new WeightsAssembly(config.modelSpec());
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** All that is committed by now and not read yet. */
  void read(Consumer<MergedWeights> versions) {
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    while (consumer.position(partition) < end) {
      poll().forEach(version -> versions.accept(version));
    }
  }

  /** The next version that is as wanted; empty when the time is up. */
  Optional<MergedWeights> await(Predicate<MergedWeights> wanted, Duration time) {
    long limit = System.nanoTime() + time.toNanos();
    Optional<MergedWeights> found = Optional.empty();
    while (found.isEmpty() && System.nanoTime() < limit) {
      found = poll().stream().filter(wanted).findFirst();
    }
    return found;
  }

  private List<MergedWeights> poll() {
    return consumer.poll(POLL).records(partition).stream()
        .map(ConsumerRecord::value)
        .flatMap(part -> assembly.add(part).stream())
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
