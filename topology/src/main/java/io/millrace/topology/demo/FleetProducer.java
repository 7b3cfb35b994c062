package io.millrace.topology.demo;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.demo.fleet.Fleet;
import io.millrace.topology.demo.fleet.Sample;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the fleet's events on a thread of its own, open loop: each is due at a time that was fixed beforehand and carries it as its record time, so
 * that a system that falls behind is charged for the waiting too.
 */
final class FleetProducer implements AutoCloseable {
  private final AvroSerde<Event> serde = AvroSerde.of(Event.class);
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "fleet");
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final DemoSettings settings;
  private final SteadyClock clock;
  private volatile boolean stopped;
  private volatile long sent;

  FleetProducer(MillraceConfig config, DemoSettings settings, SteadyClock clock) {
    this.producer = new KafkaProducer<>(
        config.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = config.topics().events();
    this.settings = settings;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** @throws IllegalStateException when an event could not be sent */
  long sent() {
    if (failure.get() != null) {
      throw new IllegalStateException(
          "event not sent: sent=" + sent + ", topic=" + topic + ", cause=" + failure.get(),
          failure.get());
    }
    return sent;
  }

  /** Nothing more will be sent. */
  boolean isDone() {
    return !thread.isAlive();
  }

  /** Sends no more; {@link #isDone} soon. */
  void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    stop();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }

  private void run() {
    try {
      Fleet fleet = new Fleet(settings.keys(), settings.seed());
      long events = settings.events().orElse(Long.MAX_VALUE);
      long start = clock.nanos();
      for (long n = 0; n < events && !stopped; n++) {
        send(fleet.next(), due(start, n));
        sent = n + 1;
      }
      producer.flush();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Waits for the n-th event's time, and tells it in nanoseconds of the clock. */
  private long due(long start, long n) {
    if (settings.rate() == 0) {
      return clock.nanos();
    }
    double seconds = n / (double) settings.rate();
    long due = start + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    while (!stopped && clock.nanos() < due) {
      LockSupport.parkNanos(due - clock.nanos());
    }
    return due;
  }

  private void send(Sample sample, long due) {
    byte[] key = sample.key().getBytes(StandardCharsets.UTF_8);
    producer.send(
        new ProducerRecord<>(topic, null, clock.millisAt(due), key, serde.encode(sample.event())),
        (metadata, fault) -> {
          if (fault != null && failure.compareAndSet(null, fault)) {
            stopped = true;
          }
        });
  }
}
