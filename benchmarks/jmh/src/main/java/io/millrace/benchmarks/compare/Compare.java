package io.millrace.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code ./benchmarks/run kernel | training | score [--quick]}: all sides in turns, then a table and one line of JSON. */
public final class Compare {
  private static final String QUICK = "--quick";
  private static final int MISUNDERSTOOD = 2;
  private static final int FAILED = 4;
  private static final String USAGE =
      "usage: ./benchmarks/run kernel | training | score [--quick]\n       ./benchmarks/run reference";

  private Compare() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> words = Arrays.stream(args).filter(word -> !word.equals(QUICK)).toList();
    if (words.size() != 1) {
      System.err.println(USAGE);
      System.exit(MISUNDERSTOOD);
    }
    try {
      compare(Suite.of(words.get(0)), words.size() < args.length ? Effort.QUICK : Effort.FULL);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(MISUNDERSTOOD);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  private static void compare(Suite suite, Effort effort) throws IOException, InterruptedException {
    Report report = new Report(suite, measure(suite, effort));
    System.out.print(report.table());
    System.out.println(report.json());
  }

  private static Samples measure(Suite suite, Effort effort)
      throws IOException, InterruptedException {
    Jmh jmh = new Jmh(effort, Path.of(System.getProperty("millrace.benchmarks.out")));
    Samples samples = new Samples(suite);
    for (int round = 1; round <= effort.rounds(); round++) {
      for (Side side : suite.sides()) {
        System.err.printf(
            "%s: round %d of %d, %s%n", suite.label(), round, effort.rounds(), side.label());
        samples.add(jmh.run(suite, side));
      }
    }
    return samples;
  }
}
