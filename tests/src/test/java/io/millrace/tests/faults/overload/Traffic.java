package io.millrace.tests.faults.overload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.tests.faults.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends events by a timetable, each named by its number, and remembers when each was due. */
final class Traffic {
  static final int KEYS = 64;

  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private final Site site;
  private final String topic;
  private final AtomicLongArray due;
  private volatile int sent;

  /** @param most events that may ever be sent */
  Traffic(Site site, String topic, int most) {
    this.site = site;
    this.topic = topic;
    this.due = new AtomicLongArray(most);
  }

  /**
   * Sends at a rate until told to stop, or until there is no room for more events.
   *
   * @param rate events a second
   * @return events a second that were sent
   */
  double send(double rate, BooleanSupplier isOver) {
    long begin = System.nanoTime();
    int first = sent;
    while (sent < due.length() && !isOver.getAsBoolean()) {
      long at = begin + (long) ((sent - first) / rate * NANOS_A_SECOND);
      while (System.nanoTime() < at) {
        LockSupport.parkNanos(at - System.nanoTime());
      }
      site.sendSoon(event(sent));
      due.set(sent, at);
      sent++;
    }
    return (sent - first) * (double) NANOS_A_SECOND / (System.nanoTime() - begin);
  }

  double send(double rate, int events) {
    int until = sent + events;
    return send(rate, () -> sent >= until);
  }

  private ProducerRecord<byte[], byte[]> event(int n) {
    Instant time = BEGINNING.plus(Duration.ofMillis(n));
    Event event = Event.newBuilder()
        .setId(Integer.toString(n))
        .setTime(time)
        .setFeatures(List.of(10 + 3 * Math.sin(n / 500.0 + n % KEYS), n % 7.0))
        .build();
    byte[] key = ("k" + n % KEYS).getBytes(UTF_8);
    return new ProducerRecord<>(topic, null, time.toEpochMilli(), key, EVENTS.encode(event));
  }

  int sent() {
    return sent;
  }

  /** When an event should have been sent, of {@link System#nanoTime}. */
  long due(int n) {
    return due.get(n);
  }
}
