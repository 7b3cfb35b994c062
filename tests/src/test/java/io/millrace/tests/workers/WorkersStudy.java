package io.millrace.tests.workers;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints the loss by workers and {@code sync.interval}; run by {@code benchmarks/learning workers}. */
class WorkersStudy {
  @TempDir
  private File dir;

  @Test
  void table() {
    int events = Integer.getInteger("workers.events", 100_000);
    row("sync.interval", "learn.partitions", "seed", "versions", "steps learned", "last tenth");
    print("none", 1, 1, FleetRun.of(1, Map.of("learn.enabled", "false"), events, dir));
    for (String interval : List.of("100ms", "500ms", "2s", "5s")) {
      for (int partitions : new int[] {1, 4}) {
        for (int seed = 1; seed <= 3; seed++) {
          Map<String, String> settings =
              Map.of("sync.interval", interval, "model.seed", String.valueOf(seed));
          print(interval, partitions, seed, FleetRun.of(partitions, settings, events, dir));
        }
      }
    }
  }

  private static void print(String interval, int partitions, int seed, FleetRun run) {
    String loss = String.format(Locale.ROOT, "%.4f", run.lastTenth());
    row(interval, partitions, seed, run.version(), run.stepsLearned(), loss);
  }

  private static void row(Object... cells) {
    System.out.printf("%-14s %-16s %5s %9s %14s %11s%n", cells);
  }
}
