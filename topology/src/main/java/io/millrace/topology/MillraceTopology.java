package io.millrace.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.Kernel;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.metrics.Meters;
import io.millrace.topology.score.RecordTime;
import io.millrace.topology.score.ScoreProcessor;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * <pre>
 *   events -> [ score ] -> scores
 *                  |  \-> dead-letters
 *             (key-states)
 * </pre>
 */
public final class MillraceTopology {
  private MillraceTopology() {}

  public static Topology build(MillraceConfig config, Kernel kernel, MeterRegistry registry) {
    Meters meters = new Meters(registry);
    Weights weights =
        Weights.of(0, Parameters.initial(config.modelSpec(), config.modelSeed()), kernel);
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        Names.EVENTS_SOURCE,
        new RecordTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        config.topics().events());
    topology.addProcessor(
        Names.SCORE,
        () -> new ScoreProcessor(config.scoreSettings(), () -> weights, meters),
        Names.EVENTS_SOURCE);
    topology.addStateStore(store(config, Names.KEY_STATES), Names.SCORE);
    addSink(topology, Names.SCORES_SINK, config.topics().scores());
    addSink(topology, Names.DEAD_LETTERS_SINK, config.topics().deadLetters());
    if (config.isLearning()) {
      topology.addStateStore(store(config, Names.OPEN_WINDOWS), Names.SCORE);
      addSink(topology, Names.WINDOWS_SINK, config.topics().windows());
    }
    return topology;
  }

  private static void addSink(Topology topology, String name, String topic) {
    topology.addSink(
        name, topic, new ByteArraySerializer(), new ByteArraySerializer(), Names.SCORE);
  }

  /** Not cached: a cache that does not fit the keys costs more than it saves, and one that does holds every row twice. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(
      MillraceConfig config, String name) {
    KeyValueBytesStoreSupplier supplier = switch (config.stateStore()) {
      case ROCKSDB -> Stores.persistentKeyValueStore(name);
      case MEMORY -> Stores.inMemoryKeyValueStore(name);
    };
    return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of())
        .withCachingDisabled();
  }
}
