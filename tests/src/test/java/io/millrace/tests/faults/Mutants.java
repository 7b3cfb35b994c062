package io.millrace.tests.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tests.faults.audit.Verdict;
import io.millrace.tests.faults.plan.FaultKind;
import io.millrace.tests.faults.plan.Round;
import io.millrace.tests.faults.plan.Schedule;
import io.millrace.tests.faults.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows that the audit finds broken builds: plays every mutant until it is caught. The last line is JSON. */
public final class Mutants {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_ROUNDS = 8;

  /** What a mutant has to survive to go unnoticed. */
  private static final Set<FaultKind> KINDS =
      EnumSet.of(FaultKind.KILL_APPLICATION, FaultKind.KILL_BOTH);

  private final FaultSettings settings;
  private final Schedule schedule;
  private final Path dir;

  private Mutants(FaultSettings settings) {
    this.settings = settings;
    this.schedule = new Schedule(settings.seed(), Set.of());
    this.dir = settings.dir().resolve("mutants-" + ProcessHandle.current().pid());
  }

  public static void main(String[] args) throws IOException {
    System.exit(new Mutants(FaultSettings.ofSystemProperties()).play() ? 0 : 1);
  }

  private boolean play() throws IOException {
    Map<String, Object> caught = new LinkedHashMap<>();
    try (Site site = new Site(dir)) {
      for (Mutant mutant : Mutant.values()) {
        hunt(site, mutant, caught);
      }
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("seed", settings.seed());
    line.put("mutants", Mutant.values().length);
    line.put("caught", caught.size());
    line.put("findings", caught);
    System.out.println(new ObjectMapper().writeValueAsString(line));
    return caught.size() == Mutant.values().length;
  }

  private void hunt(Site site, Mutant mutant, Map<String, Object> caught) {
    List<Path> patches = List.of(mutant.compile(settings.sources(), dir));
    int tried = 0;
    for (int number = 0; tried < MOST_ROUNDS; number++) {
      Round round = schedule.round(number);
      if (round.world() != mutant.world() || !KINDS.contains(round.kind())) {
        continue;
      }
      tried++;
      String name = mutant.text() + "-" + number;
      try (History history = new History(site, dir, name, round.world(), patches, PATIENCE)) {
        Verdict verdict = history.play(round);
        tell(mutant, round, verdict);
        if (!verdict.isClean()) {
          caught.put(
              mutant.text(),
              Map.of(
                  "round", number,
                  "lost", verdict.lost(),
                  "duplicated", verdict.duplicated(),
                  "ledgerDifference", verdict.ledgerDifference(),
                  "stateMismatches", verdict.stateMismatches()));
          return;
        }
      }
    }
  }

  private static void tell(Mutant mutant, Round round, Verdict verdict) {
    System.out.printf(
        "mutant %-20s round %d  %s %s  %s%n",
        mutant.text(),
        round.number(),
        round.kind().text(),
        round.world().text(),
        verdict.isClean() ? "not noticed" : "caught");
    verdict.findings().stream().limit(3).forEach(text -> System.out.println("    " + text));
  }
}
