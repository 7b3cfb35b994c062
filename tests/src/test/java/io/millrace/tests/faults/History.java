package io.millrace.tests.faults;

import io.millrace.tests.faults.audit.Audit;
import io.millrace.tests.faults.audit.Verdict;
import io.millrace.tests.faults.plan.Backlog;
import io.millrace.tests.faults.plan.Burst;
import io.millrace.tests.faults.plan.FaultKind;
import io.millrace.tests.faults.plan.Round;
import io.millrace.tests.faults.plan.World;
import io.millrace.tests.faults.site.Damage;
import io.millrace.tests.faults.site.Instance;
import io.millrace.tests.faults.site.Place;
import io.millrace.tests.faults.site.Site;
import io.millrace.tests.faults.site.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Some rounds on the same topics, keys and stores. The application runs from the first to the last of them, but for its faults. */
final class History implements AutoCloseable {
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(40);
  private static final int BATCH = 20;

  /** In which windows that went quiet are cut, and learned, and their update is merged: after it no backlog comes by itself. */
  private static final Duration BACKLOG_LIMIT = Duration.ofSeconds(6);

  private final Site site;
  private final Path dir;
  private final Place place;
  private final List<Path> patches;
  private final Duration patience;
  private final Audit audit;
  private final Burst burst;
  private final Instance first;
  private final List<Instance> seconds = new ArrayList<>();
  private long sent;
  private boolean isClean = true;

  /**
   * @param name of its own: of topics and application
   * @param own settings otherwise than in that world
   * @param patches class path in front of the product's
   * @param patience how long what is on its way may take before it counts as lost
   */
  History(
      Site site,
      Path dir,
      String name,
      World world,
      Map<String, String> own,
      List<Path> patches,
      Duration patience) {
    this.patience = patience;
    this.site = site;
    this.dir = dir.resolve(name);
    this.place = new Place(name, world, site.bootstrapServers(), own);
    this.patches = patches;
    this.burst = new Burst(place.topic("events"), place.topic("labels"));
    site.createTopics(place.partitions());
    this.first = new Instance(this.dir.resolve("first"), place.settings("first"), patches);
    first.start();
    first.awaitRunning();
    this.audit = new Audit(place, site::tail);
  }

  Instance first() {
    return first;
  }

  /** Another instance, not started yet; no static member, so it leaves the group where it ends in good order. */
  Instance second() {
    Instance second =
        new Instance(dir.resolve("second-" + seconds.size()), place.settings(), patches);
    seconds.add(second);
    return second;
  }

  Verdict play(Round round) {
    List<ProducerRecord<byte[], byte[]>> records = burst.of(round);
    send(records.subList(0, round.strikeAfter()));
    Waiting.pass(Duration.ofMillis(round.delayMillis()));
    return strike(round, records.subList(round.strikeAfter(), records.size()));
  }

  /** The delay begins when what was sent has been scored, and the fault waits for that backlog, but not for long. */
  Verdict hunt(Round round, Backlog backlog) {
    List<ProducerRecord<byte[], byte[]>> records = burst.of(round);
    send(records.subList(0, round.strikeAfter()));
    audit.awaitOutcomes(sent, patience);
    Waiting.pass(Duration.ofMillis(round.delayMillis()));
    audit.awaitBacklog(backlog, BACKLOG_LIMIT);
    return strike(round, records.subList(round.strikeAfter(), records.size()));
  }

  private Verdict strike(Round round, List<ProducerRecord<byte[], byte[]>> after) {
    Striker striker = new Striker(site, this, round);
    if (round.kind() == FaultKind.CORRUPT_ROW) {
      striker.strike(round.kind()); // which row it was, and since which event, must be certain
      send(after);
    } else {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(after));
      striker.strike(round.kind());
      sending.join();
    }
    Verdict verdict = audit.settle(sent, patience);
    isClean &= verdict.isClean();
    return verdict;
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) {
    for (int from = 0; from < records.size(); from += BATCH) {
      List<ProducerRecord<byte[], byte[]>> batch =
          records.subList(from, Math.min(records.size(), from + BATCH));
      site.send(batch);
      sent += batch.stream()
          .filter(record -> record.topic().equals(place.topic("events")))
          .count();
      Waiting.pass(BETWEEN_BATCHES);
    }
  }

  /** The application is killed once all events have their scores, so the stores are restored from what is in the changelog then. */
  void damageARow(Random dice) {
    audit.awaitOutcomes(sent, patience);
    first.killForGood();
    List<ConsumerRecord<byte[], byte[]>> rows = audit.rows().values().stream()
        .sorted(Comparator.comparing((ConsumerRecord<byte[], byte[]> row) -> new String(row.key())))
        .toList();
    ConsumerRecord<byte[], byte[]> row = rows.get(dice.nextInt(rows.size()));
    byte[] damaged = Damage.row(row.value(), dice);
    site.send(List.of(
        new ProducerRecord<>(row.topic(), row.partition(), row.timestamp(), row.key(), damaged)));
    audit.damaged(row, damaged);
    first.start();
  }

  /** kill -9 of applications so far. */
  int kills() {
    return first.kills() + seconds.stream().mapToInt(Instance::kills).sum();
  }

  /** How often an application ended by itself and was started again. */
  int failures() {
    return first.failures() + seconds.stream().mapToInt(Instance::failures).sum();
  }

  @Override
  public void close() {
    first.close();
    seconds.forEach(Instance::close);
    audit.close();
    site.deleteTopics(place.name() + "-");
    if (isClean) {
      Damage.delete(dir); // else the applications' logs are there to be read
    }
  }
}
