package io.millrace.tests.faults.overload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tests.faults.audit.Verdict;
import io.millrace.tests.faults.site.Damage;
import io.millrace.tests.faults.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends a burst of twenty times what can be scored and learned to an application on one stream thread with a small heap, with the
 * rule by which learning yields and without it, and audits both. The last line is JSON; its {@code lost}, {@code duplicated}, {@code
 * ledgerDifference} and {@code stateMismatches} are those of both together.
 */
public final class Overload {
  private static final int TIMES = 20;
  private static final int WARM_UP = 20_000;

  private final Map<String, Object> line = new LinkedHashMap<>();
  private final long[] broken = new long[4];

  private Overload() {}

  public static void main(String[] args) throws IOException {
    Path dir = Path.of(System.getProperty("faults.dir", "target/faults"))
        .toAbsolutePath()
        .resolve("overload-" + ProcessHandle.current().pid());
    Overload overload = new Overload();
    boolean isClean;
    try (Site site = new Site(dir)) {
      isClean = overload.play(site, dir);
    }
    if (isClean) {
      Damage.delete(dir);
    }
    System.out.println(new ObjectMapper().writeValueAsString(overload.line));
    System.exit(isClean ? 0 : 1); // clients' threads of a broker that is gone
  }

  private boolean play(Site site, Path dir) {
    double sustainable;
    try (Burst free = new Burst(site, dir, "free", Map.of("learn.share", "1"))) {
      sustainable = free.drain(WARM_UP);
      line.put("sustainablePerSecond", Math.round(sustainable));
      play("free", free, sustainable);
    }
    try (Burst yielding = new Burst(site, dir, "yielding", Map.of())) {
      yielding.drain(WARM_UP);
      play("yielding", yielding, sustainable);
    }
    line.put("lost", broken[0]);
    line.put("duplicated", broken[1]);
    line.put("ledgerDifference", broken[2]);
    line.put("stateMismatches", broken[3]);
    return Arrays.stream(broken).allMatch(count -> count == 0);
  }

  private void play(String name, Burst burst, double sustainable) {
    Map<String, Object> figures = burst.play(sustainable, TIMES);
    System.out.println(name + ": " + figures);
    line.put(name, figures);
    Verdict verdict = burst.audit();
    verdict.findings().forEach(text -> System.out.println("    " + text));
    broken[0] += verdict.lost();
    broken[1] += verdict.duplicated();
    broken[2] += verdict.ledgerDifference();
    broken[3] += verdict.stateMismatches();
  }
}
