package io.millrace.benchmarks.charts;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * {@code ./benchmarks/run charts}: draws what lies in docs/performance and puts the tables into docs/performance.md. Where a benchmark
 * has no results, the page says which command makes them.
 */
public final class Charts {
  private static final String OURS = "simd";

  private final Path dir;
  private final Page page;

  /** @param docs the directory of the documents */
  Charts(Path docs) throws IOException {
    this.dir = Files.createDirectories(docs.resolve("performance"));
    this.page = new Page(docs.resolve("performance.md"));
  }

  /** @param args the directory of the documents */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    new Charts(Path.of(args[0])).draw();
  }

  void draw() throws IOException {
    compare("kernel", "One event: a peer's time over ours");
    compare("training", "A batch of 64 windows of 32 steps: a peer's time over ours");
    throughput();
    latency();
    growth();
    page.write();
  }

  /** The newest run of each JDK, if it measured anything. */
  private TreeMap<String, Results> results(String benchmark) throws IOException {
    TreeMap<String, Results> found = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, benchmark + "-jdk*.csv")) {
      for (Path file : files) {
        Results results = Results.read(file);
        if (!results.rows().isEmpty()) {
          found.put(file.getFileName().toString().replace(".csv", ""), results);
        }
      }
    }
    return found;
  }

  private void compare(String benchmark, String title) throws IOException {
    StringBuilder part = new StringBuilder();
    for (var entry : results(benchmark).entrySet()) {
      Results all = entry.getValue();
      Results peers = all.where(row -> !row.get("side").equals(OURS));
      new Bars(title, "times ours", true)
          .draw(
              peers.values("size"),
              peers.values("side"),
              (size, side) -> peers.figure("ratio", both("size", size, "side", side)),
              dir.resolve(entry.getKey() + ".png"));
      part.append(section(entry.getKey(), all))
          .append(new Table(List.of("size", "side", "nanos", "spread", "ratio", "ratioOfFastest"))
              .of(all));
    }
    put(benchmark, part);
  }

  private void throughput() throws IOException {
    StringBuilder part = new StringBuilder();
    for (var entry : results("throughput").entrySet()) {
      Results all = entry.getValue();
      List<String> settings =
          all.rows().stream().map(Charts::setting).distinct().toList();
      new Bars("Events a second over the topology without the network", "of the ceiling", false)
          .draw(
              settings,
              all.values("variant"),
              (setting, variant) -> all.figure(
                  "ofCeiling",
                  row -> setting(row).equals(setting) && row.get("variant").equals(variant)),
              dir.resolve(entry.getKey() + ".png"));
      part.append(section(entry.getKey(), all))
          .append(new Table(List.of(
                  "keys",
                  "guarantee",
                  "threads",
                  "variant",
                  "eventsPerSecond",
                  "cpuMicrosPerEvent",
                  "spread",
                  "ofCeiling",
                  "windowsBehind"))
              .of(all));
    }
    put("throughput", part);
  }

  private static String setting(Map<String, String> row) {
    String guarantee = row.get("guarantee").startsWith("exactly") ? "EO" : "ALO";
    return row.get("keys") + " keys " + guarantee + " x" + row.get("threads");
  }

  private void latency() throws IOException {
    List<String> percentiles = List.of("p50Ms", "p99Ms", "p999Ms", "p99999Ms");
    StringBuilder part = new StringBuilder();
    for (var entry : results("latency").entrySet()) {
      Results all = entry.getValue();
      List<String> cases =
          all.rows().stream().map(Charts::latencyCase).distinct().toList();
      new Bars("From an event being due to its score being readable", "ms", true)
          .draw(
              percentiles,
              cases,
              (percentile, one) ->
                  all.figure(percentile, row -> latencyCase(row).equals(one)),
              dir.resolve(entry.getKey() + ".png"));
      part.append(section(entry.getKey(), all))
          .append(new Table(List.of(
                  "guarantee",
                  "learning",
                  "load",
                  "eventsPerSecond",
                  "events",
                  "p50Ms",
                  "p99Ms",
                  "p999Ms",
                  "p99999Ms",
                  "maxMs"))
              .of(all));
    }
    put("latency", part);
  }

  private static String latencyCase(Map<String, String> row) {
    String guarantee = row.get("guarantee").startsWith("exactly") ? "EO" : "ALO";
    String learning = row.get("learning").equals("true") ? ", learning, " : ", ";
    return guarantee + learning + row.get("load");
  }

  private void growth() throws IOException {
    StringBuilder part = new StringBuilder();
    for (var entry : results("growth").entrySet()) {
      Results all = entry.getValue();
      Results keys = all.where("grows", "keys");
      new Bars("Events a second by number of keys", "events/s", false)
          .draw(
              keys.values("keys"),
              keys.values("store"),
              (count, store) -> keys.figure("eventsPerSecond", both("keys", count, "store", store)),
              dir.resolve(entry.getKey() + ".png"));
      part.append(section(entry.getKey(), all))
          .append(new Table(List.of(
                  "grows",
                  "keys",
                  "hidden",
                  "window",
                  "partitions",
                  "store",
                  "eventsPerSecond",
                  "cpuMicrosPerEvent",
                  "diskBytes",
                  "changelogBytes",
                  "heapBytes",
                  "residentBytes",
                  "restoreSeconds"))
              .of(all));
    }
    put("growth", part);
  }

  private static Predicate<Map<String, String>> both(
      String column, String value, String other, String otherValue) {
    return row -> row.get(column).equals(value) && row.get(other).equals(otherValue);
  }

  private void put(String benchmark, StringBuilder part) {
    if (part.isEmpty()) {
      part.append("\nNothing measured yet: `./benchmarks/run ").append(benchmark);
      part.append("` fills this part, or with `--quick --keep` a part of it.\n");
    }
    page.put(benchmark, part.append("\n").toString());
  }

  private static String section(String name, Results results) {
    return "\n![" + name + "](performance/" + name + ".png)\n\n" + results.machine() + ":\n\n";
  }
}
