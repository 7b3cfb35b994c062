package io.millrace.tests;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.learn.CutWindow;
import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.serde.WindowCodec;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.Names;
import io.millrace.topology.config.MillraceConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** The whole topology in one thread, with two features. */
final class Flow implements AutoCloseable {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);

  private static final Duration TICK = Duration.ofMillis(50);

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final TopologyTestDriver driver;
  final TestInputTopic<byte[], byte[]> events;
  final TestOutputTopic<byte[], Score> scores;
  final TestOutputTopic<byte[], byte[]> deadLetters;
  private final TestOutputTopic<byte[], byte[]> windows;
  private final WindowCodec windowCodec;
  private final MillraceConfig config;

  Flow(Map<String, String> settings) {
    Map<String, String> sets = new HashMap<>(Map.of(
        "model.hidden", "8",
        "state.store", "memory",
        "learn.thread", "stream",
        "processing.guarantee", "at_least_once"));
    sets.putAll(settings);
    if (!settings.containsKey("event.features")) {
      sets.putIfAbsent("model.inputs", "2");
    }
    config = MillraceConfig.load(Optional.empty(), Map.of(), sets);
    driver = new TopologyTestDriver(
        MillraceTopology.build(config, Kernels.choose(config.kernel()).kernel(), meters),
        config.streamsProperties(),
        Instant.EPOCH);
    events =
        driver.createInputTopic("events", new ByteArraySerializer(), new ByteArraySerializer());
    scores = driver.createOutputTopic(
        "scores", new ByteArrayDeserializer(), AvroSerde.of(Score.class).deserializer());
    windowCodec = new WindowCodec(config.modelSpec());
    windows = driver.createOutputTopic(
        "windows", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    deadLetters = driver.createOutputTopic(
        "dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] event(long time, Double... features) {
    return EVENTS.encode(new Event(
        null, Instant.ofEpochMilli(time), Arrays.asList(features), List.of(), null, false));
  }

  static byte[] event(long time, List<String> categories, Double label, boolean end) {
    return EVENTS.encode(
        new Event(null, Instant.ofEpochMilli(time), List.of(), categories, label, end));
  }

  /** Pipes one event and returns its score. */
  Score score(String key, long time, double a, double b) {
    events.pipeInput(bytes(key), event(time, a, b), time);
    List<Score> out = scores.readValuesToList();
    if (out.size() != 1) {
      throw new AssertionError("scores=" + out.size() + ", expected=1");
    }
    return out.get(0);
  }

  /** The windows cut since the last call. */
  List<CutWindow> windows() {
    return windows.readValuesToList().stream().map(windowCodec::decode).toList();
  }

  double count(String counter) {
    return meters.counter(counter).count();
  }

  /** A gauge, summed over its tags; 0 while it has no value. */
  double gauge(String name) {
    return meters.find(name).gauges().stream()
        .mapToDouble(Gauge::value)
        .filter(Double::isFinite)
        .sum();
  }

  /** Version of the weights that the next event will be judged by. */
  long version() {
    return (long) gauge("millrace.weights.version");
  }

  KeyValueStore<Bytes, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  MillraceConfig config() {
    return config;
  }

  /** Lets time go by, a tick at a time, so that all that waits is done. */
  void pass(Duration time) {
    for (long passed = 0; passed < time.toMillis(); passed += TICK.toMillis()) {
      driver.advanceWallClockTime(TICK);
    }
  }

  KeyValueStore<Bytes, byte[]> openWindows() {
    return driver.getKeyValueStore(Names.OPEN_WINDOWS);
  }

  KeyValueStore<Bytes, byte[]> keyStates() {
    return driver.getKeyValueStore(Names.KEY_STATES);
  }

  @Override
  public void close() {
    driver.close();
  }
}
