package io.millrace.tests.faults.overload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tests.faults.audit.Verdict;
import io.millrace.tests.faults.site.Damage;
import io.millrace.tests.faults.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends a burst of twenty times what can be scored and learned to an application on one stream thread with a small heap, with the
 * rule by which learning yields and without it, and audits both. The last line is JSON; its {@code lost}, {@code duplicated}, {@code
 * ledgerDifference} and {@code stateMismatches} are those of both together.
 */
public final class Overload {
  private static final int TIMES = 20;
  private static final int CALIBRATION = 30_000;
  private static final String SHARE = "learn.share";

  private final Map<String, Object> line = new LinkedHashMap<>();
  private long[] broken = new long[4];

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
    try (Burst calibration = new Burst(site, dir, "calibration", Map.of(SHARE, "1"))) {
      sustainable = calibration.sustainable(CALIBRATION);
    }
    line.put("sustainablePerSecond", Math.round(sustainable));
    play(site, dir, "free", Map.of(SHARE, "1"), sustainable);
    play(site, dir, "yielding", Map.of(), sustainable);
    line.put("lost", broken[0]);
    line.put("duplicated", broken[1]);
    line.put("ledgerDifference", broken[2]);
    line.put("stateMismatches", broken[3]);
    return java.util.Arrays.stream(broken).allMatch(count -> count == 0);
  }

  private void play(Site site, Path dir, String name, Map<String, String> own, double sustainable) {
    try (Burst burst = new Burst(site, dir, name, own)) {
      Map<String, Object> figures = burst.play(sustainable, TIMES);
      System.out.println(name + ": " + figures);
      Verdict verdict = burst.audit();
      verdict.findings().forEach(text -> System.out.println("    " + text));
      line.put(name, figures);
      broken[0] += verdict.lost();
      broken[1] += verdict.duplicated();
      broken[2] += verdict.ledgerDifference();
      broken[3] += verdict.stateMismatches();
    }
  }
}
