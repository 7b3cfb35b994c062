package io.millrace.topology.deadletters;

import io.millrace.serde.mapping.Reason;
import io.millrace.topology.score.DeadLetter;
import io.millrace.topology.score.RecordPlace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** One record of the dead letters' topic, whoever wrote it. */
final class Letter {
  private final ConsumerRecord<byte[], byte[]> record;

  Letter(ConsumerRecord<byte[], byte[]> record) {
    this.record = record;
  }

  TopicPartition partition() {
    return new TopicPartition(record.topic(), record.partition());
  }

  long offset() {
    return record.offset();
  }

  RecordPlace place() {
    return new RecordPlace(record.topic(), record.partition(), record.offset());
  }

  /** Empty where Millrace gave none that is known here. */
  Optional<Reason> reason() {
    return header(DeadLetter.REASON).flatMap(Reason::of);
  }

  /** Where the original was read; empty where that is not told. */
  Optional<RecordPlace> origin() {
    return header(DeadLetter.PLACE).flatMap(RecordPlace::parse);
  }

  /** Text of a header. */
  Optional<String> header(String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8));
  }

  byte[] key() {
    return record.key();
  }

  byte[] value() {
    return record.value();
  }

  /** Record time of the original; of the letter, where that is not told. */
  Instant time() {
    return Instant.ofEpochMilli(
        header(DeadLetter.TIME).flatMap(Letter::millis).orElse(Math.max(0, record.timestamp())));
  }

  private static Optional<Long> millis(String text) {
    try {
      return Optional.of(Long.parseLong(text)).filter(time -> time >= 0);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The original record, for where it came from: its key's memory lies there, whatever partitioner its sender used.
   *
   * @param partitions of the origin's topic; one that is no longer there is chosen by the key
   */
  ProducerRecord<byte[], byte[]> original(RecordPlace origin, int partitions) {
    return new ProducerRecord<>(
        origin.topic(),
        origin.partition() < partitions ? origin.partition() : null,
        time().toEpochMilli(),
        record.key(),
        record.value(),
        DeadLetter.headersSentBack(record.headers(), place()));
  }
}
