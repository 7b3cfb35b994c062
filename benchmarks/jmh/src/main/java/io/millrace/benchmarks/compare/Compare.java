package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.common.Extent;
import io.millrace.benchmarks.common.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code ./benchmarks/run kernel | training | head | score [--quick] [--keep]}: all sides in turns, then a table and one line of JSON. */
public final class Compare {
  private static final String QUICK = "--quick";
  private static final String KEEP = "--keep";
  private static final int MISUNDERSTOOD = 2;
  private static final int FAILED = 4;
  private static final String USAGE =
      "usage: ./benchmarks/run kernel | training | head | score [--quick] [--keep]";

  private Compare() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(args));
    boolean quick = words.remove(QUICK);
    boolean keep = words.remove(KEEP);
    if (words.size() != 1) {
      System.err.println(USAGE);
      System.exit(MISUNDERSTOOD);
    }
    try {
      compare(Suite.of(words.get(0)), new Extent(quick, List.of(), keep));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(MISUNDERSTOOD);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  private static void compare(Suite suite, Extent extent) throws IOException, InterruptedException {
    Effort effort = extent.quick() ? Effort.QUICK : Effort.FULL;
    String machine = extent.describe(Machine.describe());
    int jdk = Runtime.version().feature();
    Report report = new Report(suite, measure(suite, effort), effort.sizes(suite));
    report
        .csv(jdk)
        .write(
            extent
                .directory(directory("kept"), directory("work"))
                .resolve(suite.label() + "-jdk" + jdk + ".csv"),
            machine);
    System.out.println(machine);
    System.out.print(report.table());
    System.out.println(report.json(jdk, machine));
  }

  private static Path directory(String name) {
    return Path.of(System.getProperty("millrace.benchmarks." + name));
  }

  private static Samples measure(Suite suite, Effort effort)
      throws IOException, InterruptedException {
    Jmh jmh = new Jmh(effort, directory("work"));
    Samples samples = new Samples(suite);
    for (int round = 1; round <= effort.rounds(); round++) {
      for (Side side : inTurn(suite.sides(), round)) {
        System.err.printf(
            "%s: round %d of %d, %s%n", suite.label(), round, effort.rounds(), side.label());
        samples.add(jmh.run(suite, side));
      }
    }
    return samples;
  }

  /** Forwards, then backwards, and so on: nobody is always first. */
  private static List<Side> inTurn(List<Side> sides, int round) {
    List<Side> ordered = new ArrayList<>(sides);
    if (round % 2 == 0) {
      Collections.reverse(ordered);
    }
    return ordered;
  }
}
