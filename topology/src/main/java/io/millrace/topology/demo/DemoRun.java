package io.millrace.topology.demo;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.console.Progress;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.run.StreamsRunner;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** From the first event to the last score, over a running application. */
final class DemoRun {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Without any new outcome, after the last event was sent. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DemoSettings settings;
  private final MillraceConfig config;
  private final StreamsRunner runner;
  private final Outcomes outcomes;
  private final PrintWriter err;
  private final BooleanSupplier stopping;
  private final SteadyClock clock = new SteadyClock();
  private final DemoCount count;
  private long lastOutcome;

  DemoRun(
      DemoSettings settings,
      MillraceConfig config,
      StreamsRunner runner,
      Outcomes outcomes,
      PrintWriter err,
      BooleanSupplier stopping) {
    this.settings = settings;
    this.config = config;
    this.runner = runner;
    this.outcomes = outcomes;
    this.err = err;
    this.stopping = stopping;
    this.count = new DemoCount(settings, clock.millis());
  }

  /**
   * @return empty when stopped before the first event
   * @throws IllegalStateException when not every event has exactly one score or dead letter
   */
  Optional<DemoResult> run() {
    CompletableFuture<ExitCode> ended = CompletableFuture.supplyAsync(runner::awaitStop);
    long start = clock.nanos();
    lastOutcome = start;
    long events;
    try (Progress progress = new Progress(err, "scored", "events", settings.events());
        FleetProducer fleet = new FleetProducer(config, settings, clock)) {
      fleet.start();
      while (!isComplete(fleet)) {
        if (stopping.getAsBoolean()) {
          fleet.stop();
        }
        read(progress);
        check(fleet, ended);
      }
      events = fleet.sent();
    }
    err.println(count.faults().text());
    err.flush();
    return events == 0 ? Optional.empty() : Optional.of(result(events, start));
  }

  private boolean isComplete(FleetProducer fleet) {
    return fleet.isDone() && count.total() >= fleet.sent();
  }

  private void read(Progress progress) {
    Outcomes.Batch batch = outcomes.poll(POLL);
    long before = count.total();
    count.add(batch, clock.millis());
    if (count.total() > before) {
      lastOutcome = clock.nanos();
      progress.stepTo(count.total());
    }
    count.headline(clock.nanos()).ifPresent(progress::line);
    count.learning().line(clock.nanos()).ifPresent(progress::line);
  }

  private void check(FleetProducer fleet, CompletableFuture<ExitCode> ended) {
    long sent = fleet.sent();
    if (ended.isDone()) {
      throw new IllegalStateException("demo failed: the application stopped, exit=" + ended.join()
          + ", " + counts(sent) + ". The log above says why.");
    }
    long waited = clock.nanos() - lastOutcome;
    if (fleet.isDone() && !isComplete(fleet) && waited > PATIENCE.toNanos()) {
      throw new IllegalStateException(
          "demo failed: outcomes are missing, " + counts(sent) + ", waited=" + PATIENCE.toSeconds()
              + " s. See the broker's log in " + settings.dir() + ".");
    }
  }

  private String counts(long sent) {
    return "events=" + sent + ", scores=" + count.scores() + ", deadLetters=" + count.deadLetters();
  }

  private DemoResult result(long events, long start) {
    if (count.total() != events) {
      throw new IllegalStateException(
          "demo failed: more outcomes than events, " + counts(events) + ".");
    }
    double seconds = (lastOutcome - start) / (double) TimeUnit.SECONDS.toNanos(1);
    Learning learning = count.learning();
    Latency freshness = learning.freshness().latency();
    return new DemoResult(
        events,
        count.scores(),
        count.deadLetters(),
        settings.keys(),
        seconds,
        events / seconds,
        count.latency().percentile(50),
        count.latency().percentile(99),
        learning.version(),
        learning.windows(),
        learning.stepsLearned(),
        learning.loss().orElse(null),
        count.surprise().first(),
        count.surprise().last(),
        freshness.isEmpty() ? null : freshness.percentile(50),
        freshness.isEmpty() ? null : freshness.percentile(99),
        runner.kernel().kernel().name());
  }
}
