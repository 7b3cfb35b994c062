package io.millrace.benchmarks.stream;

import io.millrace.benchmarks.common.Extent;
import io.millrace.benchmarks.stream.application.Variant;
import io.millrace.benchmarks.stream.growth.Growth;
import io.millrace.benchmarks.stream.latency.Latencies;
import io.millrace.benchmarks.stream.throughput.Throughput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./benchmarks/run throughput | latency | growth | rows [--quick] [--keep]}: a table, and last one line of JSON. */
@Command(
    name = "./benchmarks/run",
    description = "Throughput, latency, growth and rows end to end, on a broker of its own.",
    mixinStandardHelpOptions = true)
public final class StreamBenchmark implements Callable<Integer> {
  private static final String EVERYTHING = ".*";

  enum Name {
    throughput,
    latency,
    growth,
    rows
  }

  @Parameters(description = "${COMPLETION-CANDIDATES}")
  private Name benchmark;

  @Option(names = "--quick", description = "A few sizes, in less than five minutes.")
  private boolean quick;

  @Option(
      names = "--keep",
      description =
          "Results go to docs/performance though the run is quick or leaves something out.")
  private boolean keep;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of Millrace's, to try what it changes.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--variants",
      split = ",",
      description = "Only these, and the ceiling; not of growth: ${COMPLETION-CANDIDATES}")
  private Set<Variant> variants = EnumSet.allOf(Variant.class);

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      description =
          "Only where KEYS/GUARANTEE/THREADS matches, as in 10000/exactly.*/1; of latency, where"
              + " GUARANTEE/VARIANT/LOAD does, as in .*/learn/500/s.")
  private Pattern only = Pattern.compile(EVERYTHING);

  public static void main(String[] args) {
    System.exit(new CommandLine(new StreamBenchmark())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args));
  }

  @Override
  public Integer call() throws IOException {
    try (Workplace workplace =
        new Workplace(extent(), directory("kept"), directory("work"), settings)) {
      switch (benchmark) {
        case throughput -> new Throughput(workplace, quick, variants, only).run();
        case latency -> new Latencies(workplace, quick, variants, only).run();
        case growth -> Growth.ofAll(workplace, quick).run();
        case rows -> Growth.ofRows(workplace, quick).run();
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private Extent extent() {
    List<String> narrowed = new ArrayList<>();
    if (!only.pattern().equals(EVERYTHING)) {
      narrowed.add("--only " + only);
    }
    if (variants.size() < Variant.values().length) {
      narrowed.add("--variants "
          + variants.stream()
              .map(Variant::name)
              .sorted()
              .collect(Collectors.joining(","))
              .toLowerCase(Locale.ROOT));
    }
    settings.forEach((name, value) -> narrowed.add("--set " + name + "=" + value));
    return new Extent(quick, narrowed, keep);
  }

  private static Path directory(String name) {
    return Path.of(System.getProperty("millrace.benchmarks." + name));
  }
}
