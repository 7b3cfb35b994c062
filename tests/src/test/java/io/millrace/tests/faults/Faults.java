package io.millrace.tests.faults;

import io.millrace.tests.faults.audit.Verdict;
import io.millrace.tests.faults.plan.FaultKind;
import io.millrace.tests.faults.plan.Round;
import io.millrace.tests.faults.plan.Schedule;
import io.millrace.tests.faults.site.Site;
import io.millrace.tests.faults.site.SmallDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Plays rounds of faults on real processes and says in one line of JSON, the last, what the audit found. */
public final class Faults {
  private static final int BROKEN = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final FaultSettings settings;
  private final Map<FaultKind, String> impossible = new EnumMap<>(FaultKind.class);
  private final Schedule schedule;
  private final List<Path> patches;
  private final long began = System.nanoTime();

  private Faults(FaultSettings settings) {
    this.settings = settings;
    if (!SmallDisk.isPossible(settings.dir().resolve("disk"))) {
      impossible.put(
          FaultKind.FULL_DISK, "no mount in a user's name space: unshare -Urm is refused here");
    }
    this.schedule = new Schedule(settings.seed(), impossible.keySet());
    this.patches = settings
        .mutant()
        .map(name -> List.of(Mutant.named(name).compile(settings.sources(), settings.dir())))
        .orElse(List.of());
  }

  public static void main(String[] args) {
    Faults faults = new Faults(FaultSettings.ofSystemProperties());
    System.exit(faults.play() ? 0 : BROKEN);
  }

  private boolean play() {
    System.out.printf(
        Locale.ROOT,
        "faults: seed=%d, rounds=%d, dir=%s%s%n",
        settings.seed(),
        settings.rounds(),
        settings.dir(),
        settings.mutant().map(name -> ", mutant=" + name).orElse(""));
    impossible.forEach(
        (kind, why) -> System.out.println("faults: skipped " + kind.text() + ": " + why));
    return settings.round().isPresent() ? playOne(settings.round().getAsInt()) : playAll();
  }

  private boolean playOne(int number) {
    try (Site site = new Site(runDir())) {
      Round round = schedule.round(number);
      try (History history = begin(site, runDir(), round)) {
        Played played = play(site, history, round);
        System.out.println(Progress.summary(settings.seed(), List.of(played), skipped()));
        return played.clean();
      }
    }
  }

  private boolean playAll() {
    Progress progress = new Progress(settings.dir(), settings.seed());
    Queue<List<Round>> histories = new ConcurrentLinkedQueue<>();
    for (int first = 0; first < settings.rounds(); first += Schedule.ROUNDS_A_HISTORY) {
      List<Round> rounds = unplayed(first, progress);
      if (!rounds.isEmpty()) {
        histories.add(rounds);
      }
    }
    playIn(Math.min(settings.lanes(), histories.size()), histories, progress);
    progress.writeTable(settings.rounds());
    System.out.println(progress.summary(settings.rounds(), skipped()));
    return progress.isClean(settings.rounds());
  }

  private List<Round> unplayed(int first, Progress progress) {
    int end = Math.min(first + Schedule.ROUNDS_A_HISTORY, settings.rounds());
    return IntStream.range(first, end)
        .filter(number -> !progress.has(number))
        .mapToObj(schedule::round)
        .toList();
  }

  private void playIn(int lanes, Queue<List<Round>> histories, Progress progress) {
    List<CompletableFuture<Void>> playing = IntStream.range(0, lanes)
        .mapToObj(lane -> runDir().resolve("lane-" + lane))
        .map(dir -> CompletableFuture.runAsync(
            () -> playLane(dir, histories, progress), task -> new Thread(task).start()))
        .toList();
    playing.forEach(CompletableFuture::join);
  }

  private void playLane(Path dir, Queue<List<Round>> histories, Progress progress) {
    try (Site site = new Site(dir)) {
      for (List<Round> rounds = histories.poll(); rounds != null; rounds = histories.poll()) {
        playHistory(site, dir, rounds, progress);
      }
    }
  }

  private void playHistory(Site site, Path dir, List<Round> rounds, Progress progress) {
    History history = null;
    for (Round round : rounds) {
      if (isOver()) {
        break;
      }
      if (history == null) {
        history = begin(site, dir, round);
      }
      Played played = play(site, history, round);
      progress.add(played);
      if (!played.clean()) {
        close(history); // a promise that is broken stays broken: the next round begins anew
        history = null;
      }
    }
    close(history);
  }

  private static void close(History history) {
    if (history != null) {
      history.close();
    }
  }

  /** Every run has a broker of its own: what an earlier one left behind may have been broken off anywhere. */
  private Path runDir() {
    return settings.dir().resolve("run-" + ProcessHandle.current().pid());
  }

  private History begin(Site site, Path dir, Round round) {
    return new History(
        site, dir, "from-" + round.number(), round.world(), Map.of(), patches, PATIENCE);
  }

  private boolean isOver() {
    return settings
        .limit()
        .map(limit -> Duration.ofNanos(System.nanoTime() - began).compareTo(limit) > 0)
        .orElse(false);
  }

  private Played play(Site site, History history, Round round) {
    long start = System.nanoTime();
    int kills = site.kills() + history.kills();
    int failures = history.failures();
    Verdict verdict = history.play(round);
    Played played = new Played(
        round.number(),
        round.kind().text(),
        round.world().text(),
        round.events(),
        site.kills() + history.kills() - kills,
        history.failures() - failures,
        verdict.lost(),
        verdict.duplicated(),
        verdict.ledgerDifference(),
        verdict.stateMismatches(),
        (System.nanoTime() - start) / 1e9,
        verdict.findings());
    tell(played, verdict);
    return played;
  }

  private void tell(Played played, Verdict verdict) {
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT,
        "round %d of %d  %-17s %-8s  %3d events  %d killed  %d restarts  version %d  %5d steps  %5.1f s  %s%n",
        played.round(),
        settings.rounds(),
        played.kind(),
        played.world(),
        played.events(),
        played.kills(),
        played.failures(),
        verdict.version(),
        verdict.eligibleSteps(),
        played.seconds(),
        played.clean() ? "kept" : "BROKEN"));
    verdict.findings().forEach(finding -> text.append("    ").append(finding).append('\n'));
    System.out.print(text); // whole, beside other lanes
  }

  private Map<String, String> skipped() {
    Map<String, String> skipped = new TreeMap<>();
    impossible.forEach((kind, why) -> skipped.put(kind.text(), why));
    return skipped;
  }
}
