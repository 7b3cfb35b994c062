package io.millrace.tests.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tests.faults.audit.Verdict;
import io.millrace.tests.faults.plan.Hunt;
import io.millrace.tests.faults.plan.Round;
import io.millrace.tests.faults.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows that the audit finds broken builds: plays every mutant until it is caught, and then the same round on the product, in which
 * there must be nothing to find. The last line is JSON.
 */
public final class Mutants {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_ROUNDS = 8;
  private static final List<Path> PRODUCT = List.of();

  private final FaultSettings settings;
  private final List<Mutant> mutants;
  private final Path dir;
  private final Map<String, Object> caught = new LinkedHashMap<>();
  private int falseAlarms;

  private Mutants(FaultSettings settings) {
    this.settings = settings;
    this.mutants =
        settings.mutant().map(name -> List.of(Mutant.named(name))).orElse(List.of(Mutant.values()));
    this.dir = settings.dir().resolve("mutants-" + ProcessHandle.current().pid());
  }

  public static void main(String[] args) throws IOException {
    System.exit(new Mutants(FaultSettings.ofSystemProperties()).play() ? 0 : 1);
  }

  private boolean play() throws IOException {
    try (Site site = new Site(dir)) {
      mutants.forEach(mutant -> hunt(site, mutant));
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("seed", settings.seed());
    line.put("mutants", mutants.size());
    line.put("caught", caught.size());
    line.put("falseAlarms", falseAlarms);
    line.put("findings", caught);
    System.out.println(new ObjectMapper().writeValueAsString(line));
    return caught.size() == mutants.size() && falseAlarms == 0;
  }

  private void hunt(Site site, Mutant mutant) {
    List<Path> patches = List.of(mutant.compile(settings.sources(), dir));
    Hunt hunt = new Hunt(settings.seed(), mutant.world());
    for (int number = 0; number < MOST_ROUNDS; number++) {
      Round round = hunt.round(number);
      Verdict verdict = play(site, mutant, round, mutant.text(), patches);
      tell(mutant.text(), round, verdict, verdict.isClean() ? "not noticed" : "caught");
      if (!verdict.isClean()) {
        caught.put(mutant.text(), figures(round, verdict));
        compare(site, mutant, round);
        return;
      }
    }
  }

  /** The findings are the mutant's own only where the product has none. */
  private void compare(Site site, Mutant mutant, Round round) {
    Verdict verdict = play(site, mutant, round, "not-" + mutant.text(), PRODUCT);
    tell("(none)", round, verdict, verdict.isClean() ? "kept" : "false alarm");
    if (!verdict.isClean()) {
      falseAlarms++;
    }
  }

  private Verdict play(Site site, Mutant mutant, Round round, String build, List<Path> patches) {
    try (History history = new History(
        site,
        dir,
        build + "-" + round.number(),
        round.world(),
        mutant.backlog().settings(),
        patches,
        PATIENCE)) {
      return history.hunt(round, mutant.backlog());
    }
  }

  private static Map<String, Object> figures(Round round, Verdict verdict) {
    return Map.of(
        "round", round.number(),
        "lost", verdict.lost(),
        "duplicated", verdict.duplicated(),
        "ledgerDifference", verdict.ledgerDifference(),
        "stateMismatches", verdict.stateMismatches());
  }

  private static void tell(String mutant, Round round, Verdict verdict, String outcome) {
    System.out.printf(
        "mutant %-20s round %d  %s %s  %s%n",
        mutant, round.number(), round.kind().text(), round.world().text(), outcome);
    verdict.findings().stream().limit(3).forEach(text -> System.out.println("    " + text));
  }
}
