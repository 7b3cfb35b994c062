package io.millrace.benchmarks.stream.application;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.ModelSpec;
import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.scoring.KeyState;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.KeyStateCodec;
import io.millrace.state.writeback.ChangelogWatch;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.overload.LearnLoad;
import io.millrace.topology.score.RecordTime;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/** The topology of each variant; all read and write the same topics with the same clients. */
final class Topologies {
  static final String STORE = "key-states";

  private static final String SOURCE = "source";
  private static final String PROCESSOR = "processor";

  private Topologies() {}

  static Topology of(Variant variant, MillraceConfig config, ChangelogWatch changelogs) {
    ModelSpec spec = config.modelSpec();
    return switch (variant) {
      case PASS_THROUGH -> simple(config, PassThroughProcessor::new);
      case STORES -> withStore(simple(config, () -> new StoresProcessor(row(config), score(spec))));
      case CEILING, LEARN_CEILING -> millrace(config, new IdleKernel(), changelogs);
      case SCORE, LEARN -> millrace(config, Kernels.choose(config.kernel()).kernel(), changelogs);
      case ONNXRUNTIME, DL4J ->
        withStore(simple(config, () -> new NaiveProcessor(spec, naive(config))));
    };
  }

  private static Topology millrace(
      MillraceConfig config, Kernel kernel, ChangelogWatch changelogs) {
    return MillraceTopology.build(
        config,
        kernel,
        new SimpleMeterRegistry(),
        config.eventMappers(),
        new LearnLoad(config.overloadSettings()),
        changelogs);
  }

  private static Topology simple(
      MillraceConfig config, ProcessorSupplier<byte[], byte[], byte[], byte[]> processors) {
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(),
            SOURCE,
            new RecordTime(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            config.topics().events())
        .addProcessor(PROCESSOR, processors, SOURCE)
        .addSink(
            "sink",
            config.topics().scores(),
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            PROCESSOR);
  }

  private static Topology withStore(Topology topology) {
    return topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingEnabled(Map.of())
            .withCachingDisabled(),
        PROCESSOR);
  }

  private static byte[] row(MillraceConfig config) {
    ModelSpec spec = config.modelSpec();
    return new KeyStateCodec(spec, config.stateEncoding()).encode(KeyState.fresh(spec));
  }

  private static byte[] score(ModelSpec spec) {
    return AvroSerde.of(Score.class)
        .encode(new Score(
            "event-1000000",
            Instant.EPOCH,
            0.5,
            1.5,
            Collections.nCopies(spec.inputs(), 0.5),
            1L,
            1000L,
            false,
            false,
            false));
  }

  private static NaiveNetwork naive(MillraceConfig config) {
    return ServiceLoader.load(NaiveNetwork.Provider.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            "peer not found: class path without a NaiveNetwork. Start with ./benchmarks/run."))
        .load(config.initialParameters());
  }
}
