package io.millrace.benchmarks.stream.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast an application scores events that are there already.
 *
 * @param warmup nothing counts before, from the first score on
 * @param measure what counts after it
 * @param limit when measuring begins at the latest, warm or not
 */
public record Drain(Duration warmup, Duration measure, Duration limit) {
  private static final Duration LOOK = Duration.ofMillis(100);

  /** How fast keys are seen for the first time, at least. */
  private static final long NEW_KEYS_PER_SECOND = 40_000;

  /**
   * What was seen.
   *
   * @param eventsPerSecond scored and readable
   * @param cpuMicrosPerEvent of the application's process, all threads
   */
  public record Rate(double eventsPerSecond, double cpuMicrosPerEvent) {}

  /**
   * @param process of the session, running
   * @param keys that have all been seen before it counts
   * @param events that there are
   */
  public Rate measure(Session session, ApplicationProcess process, long keys, long events)
      throws IOException {
    Look first = awaitScores(session, process);
    long enough = Math.max(keys, warmEvents(events));
    Look begin = first;
    while (!isWarm(begin, first, keys, enough) && begin.since(first).compareTo(limit) < 0) {
      begin = look(session, process);
    }
    Look end = look(session, process);
    while (end.since(begin).compareTo(measure) < 0 && end.scored() < events) {
      end = look(session, process);
    }
    long counted = end.scored() - begin.scored();
    return new Rate(
        counted * 1e9 / end.since(begin).toNanos(),
        end.cpu().minus(begin.cpu()).toNanos() / 1e3 / counted);
  }

  /** After how many of them measuring begins at the latest: few events are shared as the time would have been. */
  long warmEvents(long events) {
    return events * warmup.toMillis() / warmup.plus(measure).toMillis();
  }

  /** Roughly what it takes; less where the events are few. */
  public Duration expected(long keys) {
    Duration allSeen = Duration.ofSeconds(keys / NEW_KEYS_PER_SECOND);
    return measure.plus(allSeen.compareTo(warmup) > 0 ? allSeen : warmup);
  }

  private boolean isWarm(Look now, Look first, long keys, long enough) {
    return now.scored() >= keys
        && (now.since(first).compareTo(warmup) >= 0 || now.scored() >= enough);
  }

  private static Look awaitScores(Session session, ApplicationProcess process) {
    Look look = look(session, process);
    while (look.scored() == 0) {
      look = look(session, process);
    }
    return look;
  }

  private record Look(long scored, Duration cpu, long nanos) {
    Duration since(Look earlier) {
      return Duration.ofNanos(nanos - earlier.nanos);
    }
  }

  private static Look look(Session session, ApplicationProcess process) {
    LockSupport.parkNanos(LOOK.toNanos());
    process.requireAlive();
    long scored = session.scored();
    return new Look(scored, process.cpu(), System.nanoTime());
  }
}
