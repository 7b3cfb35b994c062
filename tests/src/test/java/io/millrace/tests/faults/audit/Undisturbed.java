package io.millrace.tests.faults.audit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.Weights;
import io.millrace.model.learn.CutWindow;
import io.millrace.schemas.Event;
import io.millrace.schemas.Label;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.WindowCodec;
import io.millrace.state.WindowSettings;
import io.millrace.tests.faults.plan.Burst;
import io.millrace.topology.Names;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.metrics.CategoryMeters;
import io.millrace.topology.metrics.Meters;
import io.millrace.topology.score.RecordTime;
import io.millrace.topology.score.ScoreProcessor;
import io.millrace.topology.score.ScoreSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/**
 * One partition's events through the score stage in one thread, where nothing ever fails: what a score and a state have to be. It is
 * given the weights that each event was judged by, and cuts a window after every step, so that any window can be put together of its.
 */
final class Undisturbed implements AutoCloseable {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Label> LABELS = AvroSerde.of(Label.class);
  private static final long NEVER_MS = Long.MAX_VALUE / 4;

  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> events;
  private final Optional<TestInputTopic<byte[], byte[]>> labels;
  private final TestOutputTopic<byte[], byte[]> scores;
  private final TestOutputTopic<byte[], byte[]> windows;
  private final WindowCodec codec;
  private Weights weights;

  /**
   * @param score an event's score
   * @param step what it teaches, as a window of its own; empty where it teaches nothing
   */
  record Judged(byte[] score, Optional<CutWindow> step) {}

  Undisturbed(MillraceConfig config) {
    Properties properties = config.streamsProperties();
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    codec = new WindowCodec(config.modelSpec());
    driver = new TopologyTestDriver(topology(config), properties, Instant.EPOCH);
    events =
        driver.createInputTopic("events", new ByteArraySerializer(), new ByteArraySerializer());
    labels = config
        .scoreSettings()
        .labelsTopic()
        .map(topic ->
            driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer()));
    scores = driver.createOutputTopic(
        "scores", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    windows = driver.createOutputTopic(
        "windows", new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Topology topology(MillraceConfig config) {
    ScoreSettings settings = config.scoreSettings();
    ScoreSettings stepByStep = new ScoreSettings(
        settings.spec(),
        settings.categories(),
        settings.model(),
        settings.scoring(),
        settings.stateEncoding(),
        settings.stateTtl(),
        settings.expiryInterval(),
        settings.expiryRows(),
        settings.windows().map(windows -> new WindowSettings(1, NEVER_MS, windows.labelWait())),
        settings.labelsTopic());
    Topology topology = new Topology();
    addSource(topology, Names.EVENTS_SOURCE, "events");
    settings.labelsTopic().ifPresent(topic -> addSource(topology, Names.LABELS_SOURCE, topic));
    topology.addProcessor(
        Names.SCORE,
        () -> new ScoreProcessor(
            stepByStep,
            config.eventMappers().get(),
            config.labelMappers().get(),
            config.scoreWriters(),
            () -> weights,
            config::initialCategoryIds,
            new Meters(new SimpleMeterRegistry()),
            new CategoryMeters(new SimpleMeterRegistry(), config::initialCategoryIds)),
        settings.labelsTopic().isPresent()
            ? new String[] {Names.EVENTS_SOURCE, Names.LABELS_SOURCE}
            : new String[] {Names.EVENTS_SOURCE});
    addStore(topology, Names.KEY_STATES);
    addStore(topology, Names.OPEN_WINDOWS);
    addSink(topology, Names.SCORES_SINK, "scores");
    addSink(topology, Names.WINDOWS_SINK, "windows");
    addSink(topology, Names.DEAD_LETTERS_SINK, "dead-letters");
    return topology;
  }

  private static void addSource(Topology topology, String name, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new RecordTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }

  private static void addStore(Topology topology, String name) {
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray()),
        Names.SCORE);
  }

  private static void addSink(Topology topology, String name, String topic) {
    topology.addSink(
        name, topic, new ByteArraySerializer(), new ByteArraySerializer(), Names.SCORE);
  }

  /** @param judges the weights that the event was judged by where things did fail */
  Judged judge(ConsumerRecord<byte[], byte[]> event, Weights judges) {
    weights = judges;
    events.pipeInput(
        new TestRecord<>(event.key(), event.value(), event.headers(), event.timestamp()));
    labels.ifPresent(topic -> topic.pipeInput(
        new TestRecord<>(event.key(), label(event), event.headers(), event.timestamp())));
    return new Judged(
        scores.readValue(),
        windows.isEmpty() ? Optional.empty() : Optional.of(codec.decode(windows.readValue())));
  }

  private static byte[] label(ConsumerRecord<byte[], byte[]> event) {
    return LABELS.encode(Burst.label(EVENTS.decode(event.value())));
  }

  /** By key, as they stand. */
  KeyValueStore<Bytes, byte[]> states() {
    return driver.getKeyValueStore(Names.KEY_STATES);
  }

  @Override
  public void close() {
    driver.close();
  }
}
