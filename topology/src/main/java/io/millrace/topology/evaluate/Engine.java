package io.millrace.topology.evaluate;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.kernel.Kernels;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.csv.CsvRow;
import io.millrace.topology.csv.RowEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The application's topology, driven record by record in this thread. */
final class Engine implements AutoCloseable {
  private final RowEncoder encoder = new RowEncoder();
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> in;
  private final TestOutputTopic<byte[], byte[]> out;
  private final TestOutputTopic<byte[], byte[]> deadLetters;

  /** Between two rows, in record time and on the wall clock alike. */
  private static final Duration ROW = Duration.ofMillis(1);

  private static final Duration SETTLE_STEP = Duration.ofMillis(100);

  /** Arrival, in record time: a millisecond a row, so that expiry and the like do not depend on the wall clock. */
  private long arrival;

  Engine(MillraceConfig config) {
    driver = new TopologyTestDriver(
        MillraceTopology.build(config, Kernels.choose(config.kernel()).kernel(), meters),
        config.streamsProperties(),
        Instant.EPOCH);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    in = driver.createInputTopic(
        config.topics().events(), new ByteArraySerializer(), new ByteArraySerializer());
    out = driver.createOutputTopic(config.topics().scores(), bytes, bytes);
    deadLetters = driver.createOutputTopic(config.topics().deadLetters(), bytes, bytes);
  }

  /** Waits, in the engine's own time, until nothing is left to learn. */
  void settle(Duration time) {
    for (long waited = 0; waited < time.toMillis(); waited += SETTLE_STEP.toMillis()) {
      driver.advanceWallClockTime(SETTLE_STEP);
    }
  }

  /** A figure of the application's own meters. */
  double meter(String name) {
    return meters.getMeters().stream()
        .filter(meter -> meter.getId().getName().equals(name))
        .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
        .mapToDouble(Measurement::getValue)
        .filter(Double::isFinite)
        .sum();
  }

  /** @return the row's score, or nothing when it became a dead letter */
  Optional<Score> score(CsvRow row) {
    in.pipeInput(encoder.key(row), encoder.value(row), arrival++);
    driver.advanceWallClockTime(ROW);
    Optional<Score> score =
        out.isEmpty() ? Optional.empty() : Optional.of(scores.decode(out.readValue()));
    int letters = deadLetters.readValuesToList().size();
    if (letters + (score.isPresent() ? 1 : 0) != 1 || !out.isEmpty()) {
      throw new IllegalStateException(
          "row=" + row.number() + ", key=" + row.key() + ", scored=" + score.isPresent()
              + ", deadLetters=" + letters + ": expected exactly one score or one dead letter.");
    }
    return score;
  }

  @Override
  public void close() {
    driver.close();
  }
}
