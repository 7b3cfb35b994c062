package io.millrace.benchmarks.stream;

import io.millrace.benchmarks.stream.growth.Growth;
import io.millrace.benchmarks.stream.latency.Latencies;
import io.millrace.benchmarks.stream.throughput.Throughput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code ./benchmarks/run throughput | latency | growth [--quick]}: a table, and last one line of JSON. */
public final class StreamBenchmark {
  private static final String QUICK = "--quick";
  private static final int MISUNDERSTOOD = 2;
  private static final int FAILED = 4;
  private static final String USAGE =
      "usage: ./benchmarks/run throughput | latency | growth [--quick]";

  private StreamBenchmark() {}

  public static void main(String[] args) throws IOException {
    List<String> words = Arrays.stream(args).filter(word -> !word.equals(QUICK)).toList();
    boolean quick = words.size() < args.length;
    if (words.size() != 1) {
      System.err.println(USAGE);
      System.exit(MISUNDERSTOOD);
    }
    try (Workplace workplace = new Workplace(directory("out"), directory("work"))) {
      switch (words.get(0)) {
        case "throughput" -> new Throughput(workplace, quick).run();
        case "latency" -> new Latencies(workplace, quick).run();
        case "growth" -> new Growth(workplace, quick).run();
        default -> {
          System.err.println(USAGE);
          System.exit(MISUNDERSTOOD);
        }
      }
    } catch (IllegalStateException e) {
      e.printStackTrace();
      System.exit(FAILED);
    }
  }

  private static Path directory(String name) {
    return Path.of(System.getProperty("millrace.benchmarks." + name));
  }
}
