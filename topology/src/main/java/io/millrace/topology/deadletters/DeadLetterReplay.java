package io.millrace.topology.deadletters;

import io.millrace.serde.mapping.Reason;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.replay.TransactionalLog;
import io.millrace.topology.score.RecordPlace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends dead letters back to the topic and partition they came from, each exactly once over all runs: a transaction holds the records and how far their
 * reasons are. What becomes a dead letter again is a new letter, for the next run.
 */
public final class DeadLetterReplay {
  private static final String NAME_PREFIX = "millrace-dead-letters-";

  private final MillraceConfig config;
  private final Set<Reason> reasons;
  private final boolean dryRun;
  private final Listener listener;
  private final DeadLetterTally tally = new DeadLetterTally();
  private final Map<TopicPartition, SentBack> places = new HashMap<>();
  private volatile boolean stopping;

  /** What is told on the way. */
  public interface Listener {
    /** @param sent so far, or in a dry run those that would be */
    void progress(long sent);

    /** Nothing was ever sent back, as far as the cluster remembers. */
    void startsAtTheFirst();

    /**
     * It stays where it is.
     *
     * @param place of the letter
     * @param origin that it names, or the text that it has in its place
     */
    void notReplayable(RecordPlace place, String origin);
  }

  /**
   * @param reasons of the letters to send back; at least one
   * @param dryRun counts, and sends nothing
   */
  public DeadLetterReplay(
      MillraceConfig config, Set<Reason> reasons, boolean dryRun, Listener listener) {
    this.config = config;
    this.reasons = Set.copyOf(reasons);
    this.dryRun = dryRun;
    this.listener = listener;
  }

  /** Ends {@link #run} soon, with everything committed that was sent. */
  public void stop() {
    stopping = true;
  }

  /**
   * @throws IllegalArgumentException naming topics that are missing
   * @throws IllegalStateException when the kept place is none of ours
   * @throws org.apache.kafka.common.KafkaException when the cluster refuses; what was committed stays
   */
  public DeadLetterSummary run() {
    long start = System.nanoTime();
    Map<String, Integer> origins = DeadLetterTopics.requireOrigins(config);
    String name = NAME_PREFIX + config.topics().deadLetters();
    try (Letters letters = new Letters(config)) {
      if (dryRun) {
        begin(letters, TransactionalLog.kept(config, name, letters.partitions()));
        send(letters, origins, Optional.empty());
      } else {
        try (TransactionalLog log = new TransactionalLog(config, name, letters.partitions())) {
          begin(letters, log.kept());
          send(letters, origins, Optional.of(log));
        }
      }
    }
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    return tally.summary(dryRun, seconds);
  }

  private void begin(Letters letters, Map<TopicPartition, OffsetAndMetadata> kept) {
    if (kept.isEmpty()) {
      listener.startsAtTheFirst();
    }
    for (TopicPartition partition : letters.partitions()) {
      SentBack place =
          Optional.ofNullable(kept.get(partition)).map(SentBack::of).orElseGet(SentBack::new);
      places.put(partition, place);
      letters.seek(partition, place.first(reasons));
    }
  }

  private void send(Letters letters, Map<String, Integer> origins, Optional<TransactionalLog> log) {
    while (!stopping && letters.hasMore()) {
      for (Letter letter : letters.next()) {
        if (stopping) {
          break;
        }
        pass(letter, origins, log);
      }
      log.filter(open -> open.isCommitDue(System.nanoTime())).ifPresent(this::commit);
    }
    log.ifPresent(this::commit);
  }

  private void commit(TransactionalLog log) {
    log.commit(places.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, place -> place.getValue().toOffset())));
  }

  private void pass(Letter letter, Map<String, Integer> origins, Optional<TransactionalLog> log) {
    Optional<Reason> reason = letter.reason();
    Optional<Integer> partitions = letter.origin().map(origin -> origins.get(origin.topic()));
    SentBack place = places.get(letter.partition());
    if (reason.isEmpty() || partitions.isEmpty()) {
      tally.notReplayable();
      listener.notReplayable(letter.place(), DeadLetterLine.origin(letter));
    } else if (!reasons.contains(reason.get())) {
      tally.ofOtherReason();
    } else if (!place.has(reason.get(), letter.offset())) {
      log.ifPresent(
          open -> open.send(letter.original(letter.origin().orElseThrow(), partitions.get())));
      tally.sent(reason.get());
      listener.progress(tally.sent());
    }
    place.pass(reasons, letter.offset());
  }
}
