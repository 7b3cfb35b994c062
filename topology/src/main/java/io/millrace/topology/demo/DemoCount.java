package io.millrace.topology.demo;

import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.demo.fleet.Fleet;
import io.millrace.topology.demo.fleet.Sample;
import io.millrace.topology.evaluate.Tenths;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds what comes back against a second fleet of the same seed: each event at most once, and none that was not sent. */
final class DemoCount {
  private final AvroSerde<Score> serde = AvroSerde.of(Score.class);
  private final FaultTally faults = new FaultTally();
  private final Headlines headlines = new Headlines();
  private final Latency latency;
  private final Learning learning;
  private final Fleet truth;
  private final Tenths surprise = new Tenths();
  private long scores;
  private long deadLetters;

  /** @param startMillis when the first event is due */
  DemoCount(DemoSettings settings, long startMillis) {
    this.latency = new Latency(startMillis);
    this.learning = new Learning(startMillis);
    this.truth = new Fleet(settings.keys(), settings.seed());
  }

  /**
   * @param now when the batch could be read, milliseconds
   * @throws IllegalStateException when a score has no event, or not its turn
   */
  void add(Outcomes.Batch batch, long now) {
    batch.scores().forEach(record -> addScore(record, now));
    batch.deadLetters().forEach(record -> deadLetters++);
    learning.add(batch);
    learning.freshness().settle();
  }

  private void addScore(ConsumerRecord<byte[], byte[]> record, long now) {
    latency.add(record.timestamp(), now);
    scores++;
    String key = new String(record.key(), StandardCharsets.UTF_8);
    Score score = serde.decode(record.value());
    Sample sample = truth
        .find(key, score.getTime())
        .orElseThrow(() -> new IllegalStateException("score without an event of its own: key=" + key
            + ", time=" + score.getTime() + ", offset=" + record.offset()
            + ". It came twice or was never sent."));
    surprise.add(score.getSurprise());
    learning.freshness().scored(score.getWeightsVersion(), now);
    JudgedSample judged = new JudgedSample(sample, score);
    faults.add(judged);
    headlines.offer(judged);
  }

  Optional<String> headline(long nanos) {
    return headlines.due(nanos).map(JudgedSample::line);
  }

  Learning learning() {
    return learning;
  }

  /** Nats, in the order in which scores were read. */
  Tenths surprise() {
    return surprise;
  }

  long scores() {
    return scores;
  }

  long deadLetters() {
    return deadLetters;
  }

  long total() {
    return scores + deadLetters;
  }

  Latency latency() {
    return latency;
  }

  FaultSummary faults() {
    return faults.summary();
  }
}
