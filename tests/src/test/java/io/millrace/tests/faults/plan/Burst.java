package io.millrace.tests.faults.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schemas.Event;
import io.millrace.schemas.Label;
import io.millrace.serde.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The events of a history, round by round. Record and event times are the history's own; a few records are no events at all. Where
 * the world has labels, each event's follows it by some events, or comes just before it.
 */
public final class Burst {
  /** A header of records that must become dead letters. */
  public static final String POISON = "poison";

  /** Far enough in the past for any jump ahead. */
  private static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");

  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final AvroSerde<Label> LABELS = AvroSerde.of(Label.class);
  private static final int LATEST_LABEL = 60;
  private static final int EARLY_EVERY = 8;
  private static final int KEYS = 16;
  private static final double MEAN = 10;
  private static final int POISON_EVERY = 60;
  private static final int STEP_MS = 20;
  private static final Duration FARTHEST_JUMP = Duration.ofDays(10);
  private static final Duration BACK = Duration.ofHours(1);

  private final String topic;
  private final String labelsTopic;
  private long time = BEGINNING.toEpochMilli();

  /**
   * @param topic of the events
   * @param labelsTopic not used where the world has no labels
   */
  public Burst(String topic, String labelsTopic) {
    this.topic = topic;
    this.labelsTopic = labelsTopic;
  }

  /** What turns out to be true of an event: whether its first feature is above its mean. */
  public static Label label(Event event) {
    return Label.newBuilder()
        .setId(event.getId())
        .setValue(event.getFeatures().get(0) > MEAN ? 1 : 0)
        .setTime(event.getTime())
        .build();
  }

  public List<ProducerRecord<byte[], byte[]>> of(Round round) {
    Random dice = new Random(round.seed());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(round.events());
    NavigableMap<Integer, List<ProducerRecord<byte[], byte[]>>> unlabelled = new TreeMap<>();
    for (int n = 0; n < round.events(); n++) {
      time += 1 + dice.nextInt(STEP_MS);
      if (round.kind() == FaultKind.CLOCK_JUMP && n == round.strikeAfter()) {
        time += dice.nextLong(FARTHEST_JUMP.toMillis());
      }
      if (dice.nextInt(POISON_EVERY) == 0) {
        records.add(poison(dice));
        continue;
      }
      ProducerRecord<byte[], byte[]> event = event(round, n, time - back(round, n), dice);
      if (round.world().hasLabels()) {
        int due = dice.nextInt(EARLY_EVERY) == 0 ? n : n + 1 + dice.nextInt(LATEST_LABEL);
        unlabelled.computeIfAbsent(due, any -> new ArrayList<>()).add(event);
        records.addAll(labels(unlabelled.headMap(n, true)));
      }
      records.add(event);
    }
    records.addAll(labels(unlabelled));
    return records;
  }

  /** Stamped as of now. */
  private List<ProducerRecord<byte[], byte[]>> labels(
      NavigableMap<Integer, List<ProducerRecord<byte[], byte[]>>> due) {
    List<ProducerRecord<byte[], byte[]>> labels = due.values().stream()
        .flatMap(List::stream)
        .map(event -> new ProducerRecord<>(
            labelsTopic,
            null,
            time,
            event.key(),
            LABELS.encode(label(EVENTS.decode(event.value())))))
        .toList();
    due.clear();
    return labels;
  }

  /** The clock goes back for a while before it goes ahead. */
  private static long back(Round round, int n) {
    boolean isBack = round.kind() == FaultKind.CLOCK_JUMP
        && n < round.strikeAfter()
        && n > round.strikeAfter() / 2;
    return isBack ? BACK.toMillis() : 0;
  }

  private ProducerRecord<byte[], byte[]> event(Round round, int n, long at, Random dice) {
    int key = dice.nextInt(KEYS);
    Event event = Event.newBuilder()
        .setId(round.number() + "-" + n)
        .setTime(Instant.ofEpochMilli(at))
        .setFeatures(List.of(
            MEAN + 3 * Math.sin(at / 500.0 + key) + 0.1 * dice.nextGaussian(), dice.nextGaussian()))
        .build();
    return record(at, ("k" + key).getBytes(UTF_8), EVENTS.encode(event));
  }

  private ProducerRecord<byte[], byte[]> poison(Random dice) {
    byte[] key = ("k" + dice.nextInt(KEYS)).getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> record = switch (dice.nextInt(4)) {
      case 0 -> record(time, key, null);
      case 1 -> record(time, null, event(List.of(1.0, 2.0)));
      case 2 -> record(time, key, event(List.of(1.0, Double.NaN)));
      default -> {
        byte[] noise = new byte[1 + dice.nextInt(64)];
        dice.nextBytes(noise);
        yield record(time, key, noise);
      }
    };
    record.headers().add(POISON, new byte[0]);
    return record;
  }

  private byte[] event(List<Double> features) {
    return EVENTS.encode(Event.newBuilder()
        .setTime(Instant.ofEpochMilli(time))
        .setFeatures(features)
        .build());
  }

  private ProducerRecord<byte[], byte[]> record(long at, byte[] key, byte[] value) {
    return new ProducerRecord<>(topic, null, at, key, value);
  }
}
