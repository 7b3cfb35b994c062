package io.millrace.tests.faults.overload;

import io.millrace.tests.faults.audit.Audit;
import io.millrace.tests.faults.audit.Verdict;
import io.millrace.tests.faults.plan.World;
import io.millrace.tests.faults.site.Instance;
import io.millrace.tests.faults.site.Place;
import io.millrace.tests.faults.site.Site;
import io.millrace.tests.faults.site.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One application and a burst of events: half of what it can take, then two seconds of far more, then half again until all are scored. */
final class Burst implements AutoCloseable {
  private static final Map<String, String> SETTINGS = Map.of(
      "kernel", "auto",
      "model.hidden", "64",
      "rollback.threshold", "1000000", // what is awaited is that every step is in the weights
      "batch.windows", "16",
      "learn.partitions", "2",
      "streams.num.stream.threads", "1");
  private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int CALM_SECONDS = 5;
  private static final int BURST_SECONDS = 1;
  private static final double CALM = 0.5;
  private static final int MOST_EVENTS = 1_000_000;
  private static final double NANOS_A_SECOND = 1e9;

  private final Site site;
  private final Place place;
  private final Instance application;
  private final Traffic traffic;
  private final Watch watch;

  /** @param own settings that are measured */
  Burst(Site site, Path dir, String name, Map<String, String> own) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(own);
    this.site = site;
    this.place = new Place(name, World.PARALLEL, site.bootstrapServers(), settings);
    site.createTopics(place.partitions());
    this.application = new Instance(dir.resolve(name), place.settings(), List.of(), JVM);
    application.start();
    application.awaitRunning();
    this.traffic = new Traffic(site, place.topic("events"), MOST_EVENTS);
    this.watch = new Watch(place, MOST_EVENTS);
  }

  /**
   * Scores and learns from events of which more always wait; most of them warm the JVM up.
   *
   * @return those of the last third that were scored a second
   */
  double drain(int events) {
    int until = traffic.sent() + events;
    traffic.send(Double.MAX_VALUE, events);
    awaitScored(until - events / 3);
    long begin = System.nanoTime();
    int already = watch.scored();
    awaitScored(until);
    double rate = (until - already) * NANOS_A_SECOND / (System.nanoTime() - begin);
    awaitLearned(until);
    return rate;
  }

  private void awaitScored(int events) {
    require(Waiting.until(PATIENCE, LOOK_AGAIN, () -> watch.scored() >= events), "scored");
  }

  /** A key's first event teaches nothing. */
  private void awaitLearned(int events) {
    require(
        Waiting.until(PATIENCE, LOOK_AGAIN, () -> watch.learned() >= events - Traffic.KEYS),
        "learned");
  }

  private void require(boolean done, String what) {
    if (!done) {
      throw new IllegalStateException("not all " + what + ": sent=" + traffic.sent() + ", scored="
          + watch.scored() + ", steps learned=" + watch.learned() + ", log=" + application.log());
    }
  }

  /**
   * @param sustainable events a second
   * @param times as many come in the burst
   */
  Map<String, Object> play(double sustainable, int times) {
    int calm = traffic.sent();
    traffic.send(CALM * sustainable, (int) (CALM * sustainable * CALM_SECONDS));
    int first = traffic.sent();
    double rate = traffic.send(times * sustainable, (int) (times * sustainable * BURST_SECONDS));
    int last = traffic.sent();
    long over = System.nanoTime();
    traffic.send(CALM * sustainable, () -> watch.scored() >= traffic.sent() - CALM * sustainable);
    double caughtUp = (System.nanoTime() - over) / NANOS_A_SECOND;
    int sent = traffic.sent();
    awaitScored(sent);
    awaitLearned(sent);
    double learned = (System.nanoTime() - over) / NANOS_A_SECOND;
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("events", sent);
    figures.put("burstTimes", Math.round(rate / sustainable));
    figures.put("calmP99Ms", watch.delay(traffic, calm, first, 0.99));
    figures.put("burstP50Ms", watch.delay(traffic, first, last, 0.5));
    figures.put("burstP99Ms", watch.delay(traffic, first, last, 0.99));
    figures.put("scoredAfterS", Math.round(caughtUp));
    figures.put("learnedAfterS", Math.round(learned));
    figures.put("peakRssMiB", application.peakMemory() / 1024);
    figures.put("restarts", application.failures());
    return figures;
  }

  Verdict audit() {
    try (Audit audit = new Audit(place, site::tail)) {
      return audit.settle(traffic.sent(), PATIENCE);
    }
  }

  @Override
  public void close() {
    watch.close();
    application.close();
    site.deleteTopics(place.name() + "-");
  }
}
