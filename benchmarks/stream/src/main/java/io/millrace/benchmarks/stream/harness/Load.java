package io.millrace.benchmarks.stream.harness;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Events to be scored, the same ones each time: every key once, then keys at random. A key's events are a second apart on average.
 *
 * @param keys how many
 * @param inputs F
 * @param startMillis time of the first event
 */
public record Load(int keys, int inputs, long startMillis) {
  private static final long SEED = 17;
  private static final double MILLIS_BETWEEN_EVENTS_OF_A_KEY = 1000;

  /** So many events, the last of them now: a broker refuses records that are more than an hour ahead of its clock. */
  public static Load untilNow(int keys, int inputs, long events) {
    return new Load(keys, inputs, System.currentTimeMillis() - millis(events, keys));
  }

  private static long millis(long events, int keys) {
    return (long) (events * MILLIS_BETWEEN_EVENTS_OF_A_KEY / keys);
  }

  /**
   * One event.
   *
   * @param key of the record
   * @param value encoded
   * @param millis its time
   */
  public record Entry(byte[] key, byte[] value, long millis) {}

  /** Makes the events one after the other. For one thread. */
  public final class Maker {
    private final AvroSerde<Event> serde = AvroSerde.of(Event.class);
    private final SplittableRandom random = new SplittableRandom(SEED);
    private long made;

    /** The next event; its id is its number. */
    public Entry next() {
      return next(startMillis + millis(made, keys));
    }

    /** The next event, at a time of the caller's. */
    public Entry next(long millis) {
      long key = made < keys ? made : random.nextInt(keys);
      List<Double> features = new ArrayList<>(inputs);
      for (int f = 0; f < inputs; f++) {
        features.add(random.nextDouble());
      }
      byte[] value = serde.encode(new Event(
          Long.toString(made++), Instant.ofEpochMilli(millis), features, List.of(), null, false));
      return new Entry(("key-" + key).getBytes(StandardCharsets.UTF_8), value, millis);
    }
  }

  public Maker maker() {
    return new Maker();
  }
}
