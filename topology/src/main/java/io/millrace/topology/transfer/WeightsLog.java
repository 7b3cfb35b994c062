package io.millrace.topology.transfer;

import io.millrace.model.category.CategoryIds;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.serde.VocabularyCodec;
import io.millrace.serde.WeightsAssembly;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.weights.VocabularyKeys;
import java.time.Duration;
import java.util.ArrayList;
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

/** The weights topic, read from its beginning: whole committed versions, one after the other, and the ids of categories. One thread. */
final class WeightsLog implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final WeightsAssembly assembly;
  private final VocabularyCodec vocabularies;
  private final String model;
  private CategoryIds ids;

  WeightsLog(MillraceConfig config) {
    Map<String, Object> settings = new HashMap<>(config.consumerProperties());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.partition = new TopicPartition(config.topics().weights(), 0);
    this.assembly = new WeightsAssembly(config.modelSpec());
    this.vocabularies = new VocabularyCodec(config.modelSpec(), config.categoryFields());
    this.model = config.getString(Settings.MODEL_NAME);
    this.ids = config.initialCategoryIds();
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

  /** That texts have, by what was read so far. */
  CategoryIds ids() {
    return ids;
  }

  /** @return whether the ids became as wanted before the time was up */
  boolean awaitIds(Predicate<CategoryIds> wanted, Duration time) {
    long limit = System.nanoTime() + time.toNanos();
    while (!wanted.test(ids) && System.nanoTime() < limit) {
      poll();
    }
    return wanted.test(ids);
  }

  private List<MergedWeights> poll() {
    List<MergedWeights> versions = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
      if (VocabularyKeys.match(record.key(), model)) {
        ids = vocabularies.decode(record.value()).appliedTo(ids);
      } else {
        assembly.add(record.value()).ifPresent(versions::add);
      }
    }
    return versions;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
