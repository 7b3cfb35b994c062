package io.millrace.tests.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The long run: every decoder in turn, on one thread, and in one line of JSON, the last, what came of it. */
public final class Fuzz {
  private static final int BROKEN = 1;
  private static final long INPUTS = 1_000_000;

  private Fuzz() {}

  public static void main(String[] args) throws Exception {
    FuzzSettings settings = FuzzSettings.ofSystemProperties(INPUTS);
    List<FuzzReport> reports = new ArrayList<>();
    Path scratch = Files.createTempDirectory("millrace-fuzz");
    try (Decoders decoders = new Decoders(scratch)) {
      for (FuzzTarget target : decoders.targets()) {
        if (settings.wants(target)) {
          FuzzReport report = new Fuzzer(target, settings.seed()).run(settings.inputs());
          System.out.println(report.line(settings.seed()));
          reports.add(report);
        }
      }
    }
    System.out.println(summary(settings.seed(), reports));
    System.exit(!reports.isEmpty() && reports.stream().allMatch(FuzzReport::isClean) ? 0 : BROKEN);
  }

  private static String summary(long seed, List<FuzzReport> reports) {
    return String.format(
        Locale.ROOT,
        "{\"seed\":%d,\"inputs\":%d,\"seconds\":%.1f,\"findings\":%d,\"decoders\":[%s]}",
        seed,
        reports.stream().mapToLong(FuzzReport::inputs).sum(),
        reports.stream().mapToDouble(FuzzReport::seconds).sum(),
        reports.stream().mapToInt(report -> report.findings().size()).sum(),
        reports.stream().map(FuzzReport::json).collect(Collectors.joining(",")));
  }
}
