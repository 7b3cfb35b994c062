package io.millrace.topology.replay;

import io.millrace.topology.config.MillraceConfig;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The events topic as one replay writes it: records and the {@link Place} behind them. */
final class EventLog implements AutoCloseable {
  private static final String NAME_PREFIX = "millrace-replay-";

  private final TransactionalLog log;
  private final String topic;
  private final TopicPartition keeper;

  /** @param name of the replay */
  EventLog(MillraceConfig config, String name) {
    this.topic = config.topics().events();
    // The offset of no consumer: one partition stands for the whole topic.
    this.keeper = new TopicPartition(topic, 0);
    this.log = new TransactionalLog(config, NAME_PREFIX + name, Set.of(keeper));
  }

  /** Where the last run of this name was, as of the opening of this log. */
  Place place() {
    return Optional.ofNullable(log.kept().get(keeper)).map(Place::of).orElse(Place.START);
  }

  void send(byte[] key, byte[] value) {
    log.send(new ProducerRecord<>(topic, key, value));
  }

  boolean isCommitDue(long atNanos) {
    return log.isCommitDue(atNanos);
  }

  /** What was sent since the last commit, and how far that is, both or neither. Nothing where nothing was sent. */
  void commit(Place place) {
    log.commit(Map.of(keeper, place.toOffset()));
  }

  /** What is not committed never was. */
  @Override
  public void close() {
    log.close();
  }
}
