package io.millrace.tests;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A stream of three keys for each head, with something in it that only a memory can learn. */
enum Toy {
  /** Each key goes round five categories. */
  CATEGORY(Map.of("model.inputs", "0", "model.categories", "hashed:32")) {
    @Override
    Event event(int n, boolean labelled, boolean end) {
      return eventOf(n, List.of(), List.of("c" + (n / KEYS + n % KEYS) % 5), null, end);
    }
  },
  /** The label is 1 where this feature and the one before it add up to more than 0. */
  BINARY(Map.of("model.inputs", "1")) {
    @Override
    Event event(int n, boolean labelled, boolean end) {
      Double label = labelled ? label(n) : null;
      return eventOf(n, List.of(feature(n)), List.of(), label, end);
    }

    @Override
    double label(int n) {
      return feature(n) + feature(n - KEYS) > 0 ? 1 : 0;
    }
  },
  /** The label follows the feature and the one before it, on a scale of each key's own. */
  REGRESSION(Map.of("model.inputs", "1")) {
    @Override
    Event event(int n, boolean labelled, boolean end) {
      Double label = labelled ? label(n) : null;
      return eventOf(n, List.of(feature(n)), List.of(), label, end);
    }

    @Override
    double label(int n) {
      return Math.pow(10, n % KEYS) * (20 + 3 * feature(n) + 2 * feature(n - KEYS));
    }
  };

  static final int KEYS = 3;

  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);

  private final Map<String, String> settings;

  Toy(Map<String, String> settings) {
    this.settings = settings;
  }

  abstract Event event(int n, boolean labelled, boolean end);

  /** What turns out to be true of an event. */
  double label(int n) {
    throw new UnsupportedOperationException(name());
  }

  static Event eventOf(
      int n, List<Double> features, List<String> categories, Double label, boolean end) {
    return new Event(id(n), Instant.ofEpochMilli(n), features, categories, label, end);
  }

  static String id(int n) {
    return "event-" + n;
  }

  static double feature(int n) {
    return n < 0 ? 0 : new Random(31L * n + 7).nextGaussian();
  }

  /** This model, learned eagerly: a version every few events. */
  Map<String, String> settings(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(Map.of(
        "model.head", name().toLowerCase(Locale.ROOT),
        "window.size", "8",
        "batch.windows", "2",
        "sync.steps", "2",
        "optimizer.rate", "0.01",
        "optimizer.warmup", "0"));
    all.putAll(settings);
    all.putAll(more);
    return all;
  }

  static byte[] key(int n) {
    return Flow.bytes("k" + n % KEYS);
  }

  byte[] bytes(int n, boolean labelled, boolean end) {
    return EVENTS.encode(event(n, labelled, end));
  }
}
