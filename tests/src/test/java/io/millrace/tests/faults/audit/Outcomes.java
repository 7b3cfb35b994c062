package io.millrace.tests.faults.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schemas.Event;
import io.millrace.schemas.Score;
import io.millrace.serde.AvroSerde;
import io.millrace.tests.faults.plan.Burst;
import io.millrace.topology.score.DeadLetter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Every event one score, in its partition's order, or one dead letter. */
final class Outcomes {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);

  private final Findings findings;

  /** By partition and id, events that have no score yet, in order. */
  private final Map<Integer, Map<String, ConsumerRecord<byte[], byte[]>>> unscored =
      new LinkedHashMap<>();

  private final Set<String> poison = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private long events;

  Outcomes(Findings findings) {
    this.findings = findings;
  }

  void event(ConsumerRecord<byte[], byte[]> event) {
    events++;
    if (event.headers().lastHeader(Burst.POISON) != null) {
      poison.add(new TopicPartition(event.topic(), event.partition()) + "@" + event.offset());
    } else {
      unscored(event.partition()).put(EVENTS.decode(event.value()).getId(), event);
    }
  }

  private Map<String, ConsumerRecord<byte[], byte[]>> unscored(int partition) {
    return unscored.computeIfAbsent(partition, number -> new LinkedHashMap<>());
  }

  /** @return the event that it is the first score of */
  Optional<ConsumerRecord<byte[], byte[]>> score(ConsumerRecord<byte[], byte[]> score) {
    Map<String, ConsumerRecord<byte[], byte[]>> waiting = unscored(score.partition());
    String id = SCORES.decode(score.value()).getId();
    if (!waiting.isEmpty()
        && waiting.containsKey(id)
        && !waiting.keySet().iterator().next().equals(id)) {
      findings.mismatch("scores out of order: event=" + id + ", place=" + place(score));
    }
    ConsumerRecord<byte[], byte[]> event = waiting.remove(id);
    if (event == null) {
      findings.duplicate((done.contains(id) ? "scored twice" : "scored without an event")
          + ": event=" + id + ", place=" + place(score));
    }
    done.add(id);
    return Optional.ofNullable(event);
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  void deadLetter(ConsumerRecord<byte[], byte[]> letter) {
    String place = header(letter, DeadLetter.PLACE);
    if (!poison.remove(place)) {
      String reason = header(letter, DeadLetter.REASON);
      findings.duplicate(
          "dead letter twice, or of a good event: place=" + place + ", reason=" + reason);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  long events() {
    return events;
  }

  /** Events that have neither a score nor a dead letter. */
  long without() {
    return poison.size() + unscored.values().stream().mapToLong(Map::size).sum();
  }
}
