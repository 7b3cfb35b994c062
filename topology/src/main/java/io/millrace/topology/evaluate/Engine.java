package io.millrace.topology.evaluate;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.kernel.Kernels;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.csv.CsvRow;
import io.millrace.topology.csv.RowEncoder;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The application's topology, driven record by record in this thread. */
final class Engine implements AutoCloseable {
  private final RowEncoder encoder = new RowEncoder();
  private final AvroSerde<Score> scores = AvroSerde.of(Score.class);
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> in;
  private final TestOutputTopic<byte[], byte[]> out;
  private final TestOutputTopic<byte[], byte[]> deadLetters;

  /** Arrival, in record time: a millisecond a row, so that expiry and the like do not depend on the wall clock. */
  private long arrival;

  Engine(MillraceConfig config) {
    driver = new TopologyTestDriver(
        MillraceTopology.build(
            config, Kernels.choose(config.kernel()).kernel(), new SimpleMeterRegistry()),
        config.streamsProperties(),
        Instant.EPOCH);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    in = driver.createInputTopic(
        config.topics().events(), new ByteArraySerializer(), new ByteArraySerializer());
    out = driver.createOutputTopic(config.topics().scores(), bytes, bytes);
    deadLetters = driver.createOutputTopic(config.topics().deadLetters(), bytes, bytes);
  }

  /** @return the row's score, or nothing when it became a dead letter */
  Optional<Score> score(CsvRow row) {
    in.pipeInput(encoder.key(row), encoder.value(row), arrival++);
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
