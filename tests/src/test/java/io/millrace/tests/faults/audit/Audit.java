package io.millrace.tests.faults.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.Weights;
import io.millrace.schemas.Score;
import io.millrace.schemas.Update;
import io.millrace.serde.AvroSerde;
import io.millrace.tests.faults.plan.Backlog;
import io.millrace.tests.faults.site.Place;
import io.millrace.tests.faults.site.Tail;
import io.millrace.tests.faults.site.Waiting;
import io.millrace.topology.config.MillraceConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/** Reads all that one history's topics hold, as it becomes readable, and decides which promises were kept. */
public final class Audit implements AutoCloseable {
  private static final AvroSerde<Score> SCORES = AvroSerde.of(Score.class);
  private static final AvroSerde<Update> UPDATES = AvroSerde.of(Update.class);
  private static final AvroSerde<io.millrace.schemas.Weights> WEIGHTS =
      AvroSerde.of(io.millrace.schemas.Weights.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final String KEY_STATES = "key-states";

  private final Findings findings = new Findings();
  private final MillraceConfig config;
  private final boolean learns;
  private final Map<Integer, Undisturbed> undisturbed = new TreeMap<>();
  private final Outcomes outcomes = new Outcomes(findings);
  private final Versions versions;
  private final Ledger ledger;
  private final States states;

  /** In the order of the flow. */
  private final List<Inlet> inlets;

  /** @param tails follows a topic by its full name */
  public Audit(Place place, java.util.function.Function<String, Tail> tails) {
    config = MillraceConfig.load(Optional.empty(), Map.of(), place.settings());
    learns = place.world().learns();
    versions = new Versions(config, findings);
    ledger = new Ledger(config, place.world(), versions.newest(), findings);
    states = new States(tails.apply(place.changelog(KEY_STATES)), config, learns);
    inlets = List.of(
        new Inlet(tails.apply(place.topic("events")), any -> true, outcomes::event),
        new Inlet(tails.apply(place.topic("dead-letters")), any -> true, outcomes::deadLetter),
        new Inlet(tails.apply(place.topic("scores")), this::isJudgeKnown, this::score),
        new Inlet(tails.apply(place.topic("windows")), ledger::areStepsKnown, ledger::window),
        new Inlet(tails.apply(place.topic("updates")), this::areWindowsKnown, this::update),
        new Inlet(tails.apply(place.topic("weights")), this::areUpdatesKnown, this::weights));
  }

  private boolean isJudgeKnown(ConsumerRecord<byte[], byte[]> score) {
    return versions.packed(SCORES.decode(score.value()).getWeightsVersion()).isPresent();
  }

  private boolean areWindowsKnown(ConsumerRecord<byte[], byte[]> update) {
    Update part = UPDATES.decode(update.value());
    return ledger.hasWindow(part.getWorker(), part.getNewestWindow());
  }

  private boolean areUpdatesKnown(ConsumerRecord<byte[], byte[]> weights) {
    return WEIGHTS.decode(weights.value()).getMerged().stream()
        .allMatch(one -> ledger.hasUpdate(one.getWorker(), one.getSequence()));
  }

  private void score(ConsumerRecord<byte[], byte[]> record) {
    outcomes.score(record).ifPresent(event -> judge(event, record));
  }

  private void judge(ConsumerRecord<byte[], byte[]> event, ConsumerRecord<byte[], byte[]> record) {
    Score score = SCORES.decode(record.value());
    Optional<Weights> judges = versions.packed(score.getWeightsVersion());
    if (judges.isEmpty()) {
      findings.mismatch("judged by a version that was never published: event=" + score.getId()
          + ", version=" + score.getWeightsVersion());
      return;
    }
    Undisturbed.Judged again = undisturbed
        .computeIfAbsent(event.partition(), partition -> new Undisturbed(config))
        .judge(event, judges.get());
    if (!Arrays.equals(again.score(), record.value())) {
      findings.mismatch("score differs from the undisturbed run: event=" + score.getId()
          + ", actual=" + score + ", expected=" + SCORES.decode(again.score()));
    }
    again
        .step()
        .ifPresent(step -> ledger.scored(
            StepId.of(event.key(), score.getTime().toEpochMilli()),
            step,
            score.getWeightsVersion()));
  }

  private void update(ConsumerRecord<byte[], byte[]> record) {
    ledger.update(record.value());
  }

  private void weights(ConsumerRecord<byte[], byte[]> record) {
    versions.record(record.value()).ifPresent(ledger::version);
  }

  /** Takes what has become readable. What comes last in the flow is asked for first, so that what it stands on is there. */
  private void advance() {
    for (int n = inlets.size() - 1; n >= 0; n--) {
      inlets.get(n).fetch();
    }
    takeDue();
  }

  private void takeDue() {
    boolean any = true;
    while (any) {
      any = false;
      for (Inlet inlet : inlets) {
        any |= inlet.takeDue();
      }
    }
  }

  /**
   * Waits until every event has its outcome.
   *
   * @param events sent so far
   * @return whether that came true within the limit
   */
  public boolean awaitOutcomes(long events, Duration limit) {
    return Waiting.until(limit, LOOK_AGAIN, () -> {
      advance();
      return outcomes.events() == events && outcomes.without() == 0;
    });
  }

  /** Waits until so much is on its way. */
  public void awaitBacklog(Backlog backlog, Duration limit) {
    Waiting.until(limit, LOOK_AGAIN, () -> {
      advance();
      return ledger.has(backlog);
    });
  }

  /**
   * Waits until nothing is on its way any more, then looks at what cannot be believed and at the states.
   *
   * @param events sent so far
   */
  public Verdict settle(long events, Duration limit) {
    Waiting.until(limit, LOOK_AGAIN, () -> {
      advance();
      return outcomes.events() == events
          && outcomes.without() == 0
          && inlets.stream().allMatch(Inlet::isEmpty)
          && ledger.underway() == 0;
    });
    while (inlets.stream().anyMatch(Inlet::takeAny)) {
      takeDue();
    }
    ledger.forgive();
    states.fetch();
    states.compare(undisturbed, findings);
    return new Verdict(
        outcomes.without() + events - outcomes.events(),
        findings.duplicated(),
        findings.drift() + ledger.underway() + ledger.difference(versions.newest()),
        findings.mismatches(),
        ledger.eligible(),
        versions.newest().version(),
        findings.texts());
  }

  /** The newest committed row of every key. */
  public Map<Bytes, ConsumerRecord<byte[], byte[]>> rows() {
    states.fetch();
    return states.newest();
  }

  /** Tells that a key's row was damaged, while all of its events so far had their scores. */
  public void damaged(ConsumerRecord<byte[], byte[]> row, byte[] damaged) {
    undisturbed.get(row.partition()).states().put(Bytes.wrap(row.key()), damaged);
    ledger.suspect(new String(row.key(), UTF_8));
  }

  @Override
  public void close() {
    inlets.forEach(Inlet::close);
    states.close();
    undisturbed.values().forEach(Undisturbed::close);
  }
}
