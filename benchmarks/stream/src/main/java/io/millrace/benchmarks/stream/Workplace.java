package io.millrace.benchmarks.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.benchmarks.common.Extent;
import io.millrace.benchmarks.common.Machine;
import io.millrace.benchmarks.common.ResultFile;
import io.millrace.benchmarks.stream.harness.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Where a benchmark works and what it reports. */
public final class Workplace implements AutoCloseable {
  private final Path results;
  private final WorkDirectory work;
  private final Map<String, String> settings;
  private String machine;

  /**
   * @param kept where CSV files go that are kept
   * @param work where the others go, and where states and logs have a directory while it runs
   * @param settings of Millrace, above the benchmark's own
   */
  Workplace(Extent extent, Path kept, Path work, Map<String, String> settings) throws IOException {
    this.results = extent.directory(kept, work);
    this.machine = extent.describe(Machine.describe());
    this.settings = Map.copyOf(settings);
    this.work = WorkDirectory.in(work, message -> say("%s", message));
  }

  /** The benchmark's own settings, and those that are to be tried. */
  public Map<String, String> with(Map<String, String> own) {
    Map<String, String> all = new HashMap<>(own);
    all.putAll(settings);
    return all;
  }

  public Path dir() {
    return work.path();
  }

  /** Progress, for people. */
  public void say(String format, Object... arguments) {
    System.err.printf(format + "%n", arguments);
  }

  /** Tells of the machine what only shows on it. */
  public void note(String remark) {
    machine += ", " + remark;
  }

  /** How long a benchmark will take, roughly. */
  public void sayExpected(String benchmark, Duration duration) {
    say(
        "%s: some %d:%02d minutes, longer where others use the machine",
        benchmark, duration.toMinutes(), duration.toSecondsPart());
  }

  /** Writes the results; the line of JSON comes last. */
  public void report(String benchmark, String table, ResultFile csv, ArrayNode runs)
      throws IOException {
    int jdk = Runtime.version().feature();
    csv.write(results.resolve(benchmark + "-jdk" + jdk + ".csv"), machine);
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("benchmark", benchmark);
    json.put("jdk", jdk);
    json.put("machine", machine);
    if (!settings.isEmpty()) {
      json.putPOJO("settings", settings);
    }
    json.set("runs", runs);
    System.out.println(machine);
    System.out.print(table);
    System.out.println(json);
  }

  @Override
  public void close() throws IOException {
    work.close();
  }
}
