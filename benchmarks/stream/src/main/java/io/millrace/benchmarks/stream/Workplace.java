package io.millrace.benchmarks.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.benchmarks.common.Machine;
import io.millrace.benchmarks.common.ResultFile;
import io.millrace.benchmarks.stream.harness.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where a benchmark works and what it reports: states and logs go to a temporary directory, deleted in the end. */
public final class Workplace implements AutoCloseable {
  private final Path results;
  private final Path dir;
  private final Map<String, String> settings;
  private final String machine = Machine.describe();

  /**
   * @param results directory of the CSV files
   * @param work where the temporary directory is made
   * @param settings of Millrace, above the benchmark's own
   */
  Workplace(Path results, Path work, Map<String, String> settings) throws IOException {
    this.results = results;
    this.settings = Map.copyOf(settings);
    this.dir = Files.createTempDirectory(Files.createDirectories(work), "run");
  }

  /** The benchmark's own settings, and those that are to be tried. */
  public Map<String, String> with(Map<String, String> own) {
    Map<String, String> all = new HashMap<>(own);
    all.putAll(settings);
    return all;
  }

  public Path dir() {
    return dir;
  }

  /** Progress, for people. */
  public void say(String format, Object... arguments) {
    System.err.printf(format + "%n", arguments);
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
    Directories.delete(dir);
  }
}
