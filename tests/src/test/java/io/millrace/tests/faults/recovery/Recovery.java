package io.millrace.tests.faults.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.tests.faults.plan.World;
import io.millrace.tests.faults.site.Damage;
import io.millrace.tests.faults.site.Instance;
import io.millrace.tests.faults.site.Place;
import io.millrace.tests.faults.site.Site;
import io.millrace.tests.faults.site.Tail;
import io.millrace.tests.faults.site.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Kills the application again and again while it remembers many keys. The last line is JSON: milliseconds from the kill until every
 * partition has a score of an event that was sent after it, where the same instance starts again and where another has a copy of its
 * stores; and how many keys a second are restored.
 */
public final class Recovery {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final int BATCH = 2_000;
  private static final int SESSION_MS = 6_000;
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(5);
  private static final Duration COPY_TIME = Duration.ofSeconds(10);
  private static final List<String> JVM = List.of("-Xmx512m");

  private final Site site;
  private final Path dir;
  private final int keys = Integer.getInteger("faults.keys", 100_000);
  private final int trials = Integer.getInteger("faults.trials", 10);

  private Recovery(Site site, Path dir) {
    this.site = site;
    this.dir = dir;
  }

  public static void main(String[] args) throws IOException {
    Path dir = Path.of(System.getProperty("faults.dir", "target/faults"))
        .toAbsolutePath()
        .resolve("recovery-" + ProcessHandle.current().pid());
    try (Site site = new Site(dir)) {
      String line = new ObjectMapper().writeValueAsString(new Recovery(site, dir).measure());
      System.out.println(line);
    }
    Damage.delete(dir);
    System.exit(0); // clients' threads of a broker that is gone
  }

  private Map<String, Object> measure() {
    List<Double> rates = new ArrayList<>();
    List<Double> restart = restart(rates);
    List<Double> standby = standby(rates);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("keys", keys);
    line.put("trials", trials);
    line.put("sessionTimeoutMs", SESSION_MS);
    put(line, "restart", restart);
    put(line, "standby", standby);
    line.put("restoredKeysPerSecond", Math.round(quantile(rates, 0.5)));
    return line;
  }

  private static void put(Map<String, Object> line, String name, List<Double> millis) {
    line.put(name + "P50Ms", Math.round(quantile(millis, 0.5)));
    line.put(name + "P99Ms", Math.round(quantile(millis, 0.99)));
  }

  /** The smallest value that so large a part does not exceed. */
  private static double quantile(List<Double> values, double part) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }

  private Place load(String name) {
    Place place = new Place(name, World.PAUSED, site.bootstrapServers());
    site.createTopics(place.partitions());
    long time = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    for (int from = 0; from < keys; from += BATCH) {
      site.send(IntStream.range(from, Math.min(keys, from + BATCH))
          .mapToObj(n -> event(place, n, time + n))
          .toList());
    }
    return place;
  }

  private static ProducerRecord<byte[], byte[]> event(Place place, int n, long time) {
    Event event = Event.newBuilder()
        .setTime(Instant.ofEpochMilli(time))
        .setFeatures(List.of(n % 7.0, n % 11.0))
        .build();
    return new ProducerRecord<>(
        place.topic("events"), null, time, ("key-" + n).getBytes(UTF_8), EVENTS.encode(event));
  }

  private Map<String, String> settings(Place place) {
    Map<String, String> settings = place.settings();
    settings.put("model.hidden", "64");
    settings.put("session.timeout", SESSION_MS + "ms");
    return settings;
  }

  private void awaitLoaded(Place place) {
    try (Tail scores = site.tail(place.topic("scores"))) {
      long[] count = {0};
      Waiting.until(LOAD_LIMIT, Duration.ofMillis(200), () -> {
        count[0] += scores.next().size();
        return count[0] >= keys;
      });
    }
  }

  private Probe probe(Place place) {
    return new Probe(
        site, place.topic("events"), place.topic("scores"), place.world().partitions());
  }

  private List<Double> restart(List<Double> rates) {
    Place place = load("restart");
    Map<String, String> settings = settings(place);
    settings.put("instance.id", "only");
    List<Double> millis = new ArrayList<>();
    try (Instance only = new Instance(dir.resolve("only"), settings, List.of(), JVM)) {
      only.start();
      awaitLoaded(place);
      try (Probe probe = probe(place)) {
        for (int trial = 0; trial < trials; trial++) {
          probe.millisToFirstScores(System.nanoTime());
          long killed = System.nanoTime();
          only.kill();
          millis.add(probe.millisToFirstScores(killed));
          tell("restart", trial, millis);
        }
      }
      rates.addAll(RestoreRates.of(only.log()));
    }
    return millis;
  }

  /** The one that has the tasks is killed each time; the other has the copies. */
  private List<Double> standby(List<Double> rates) {
    Place place = load("standby");
    Map<String, String> settings = settings(place);
    settings.put("standby.replicas", "1");
    List<Double> millis = new ArrayList<>();
    try (Instance one = new Instance(dir.resolve("one"), settings, List.of(), JVM);
        Instance other = new Instance(dir.resolve("other"), settings, List.of(), JVM)) {
      List<Instance> pair = List.of(one, other);
      one.start();
      awaitLoaded(place);
      try (Probe probe = probe(place)) {
        for (int trial = 0; trial < trials; trial++) {
          Instance working = pair.get(trial % 2);
          Instance copying = pair.get((trial + 1) % 2);
          copying.start();
          copying.awaitRunning();
          Waiting.pass(COPY_TIME);
          probe.millisToFirstScores(System.nanoTime());
          long killed = System.nanoTime();
          working.killForGood();
          millis.add(probe.millisToFirstScores(killed));
          tell("standby", trial, millis);
        }
      }
      rates.addAll(RestoreRates.of(one.log()));
    }
    return millis;
  }

  private void tell(String mode, int trial, List<Double> millis) {
    System.out.printf(
        "%s %d of %d: %.0f ms from kill to first scores%n",
        mode, trial + 1, trials, millis.get(millis.size() - 1));
  }
}
