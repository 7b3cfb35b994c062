package io.millrace.topology.demo;

import io.millrace.schemas.Update;
import io.millrace.schemas.Weights;
import io.millrace.serde.AvroSerde;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What can be read of the learning while the fleet is scored. */
final class Learning {
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final AvroSerde<Update> updates = AvroSerde.of(Update.class);
  private final AvroSerde<Weights> weights = AvroSerde.of(Weights.class);
  private final Freshness freshness;
  private long windows;
  private Weights newest;
  private long told;
  private long nextNanos;

  /** @param startMillis when the first event is due */
  Learning(long startMillis) {
    this.freshness = new Freshness(startMillis);
  }

  void add(Outcomes.Batch batch) {
    for (ConsumerRecord<byte[], byte[]> window : batch.windows()) {
      freshness.cut(window.partition(), window.offset(), window.timestamp());
      windows++;
    }
    batch.updates().forEach(update -> freshness.sent(updates.decode(update.value())));
    for (ConsumerRecord<byte[], byte[]> part : batch.weights()) {
      newest = weights.decode(part.value());
      freshness.merged(newest);
    }
  }

  Freshness freshness() {
    return freshness;
  }

  /** At most one every other second, and only when there is something new. */
  Optional<String> line(long nanos) {
    if (newest == null || newest.getVersion() == told || nanos < nextNanos) {
      return Optional.empty();
    }
    told = newest.getVersion();
    nextNanos = nanos + LINE_NANOS;
    return Optional.of(String.format(
        Locale.ROOT,
        "weights  version %d  loss %.3f nats a step  learned %,d steps",
        newest.getVersion(),
        newest.getLoss(),
        newest.getStepsLearned()));
  }

  long windows() {
    return windows;
  }

  long version() {
    return newest == null ? 0 : newest.getVersion();
  }

  long stepsLearned() {
    return newest == null ? 0 : newest.getStepsLearned();
  }

  /** Nats a step; empty while nothing was learned. */
  Optional<Double> loss() {
    return Optional.ofNullable(newest).map(Weights::getLoss);
  }
}
