package io.millrace.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs JMH on one side's class path. Native libraries get one thread, as we have. */
final class Jmh {
  private static final List<String> THREADS =
      List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS");
  private static final int FIRST_JDK_THAT_ASKS_FOR_NATIVE_ACCESS = 22;

  private final Effort effort;
  private final Path directory;

  /** @param directory for results and logs */
  Jmh(Effort effort, Path directory) {
    this.effort = effort;
    this.directory = directory;
  }

  /**
   * @return JMH's results, in its own JSON
   * @throws IllegalStateException when it failed; the message names the log
   */
  JsonNode run(Suite suite, Side side) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path results = directory.resolve(suite.label() + "-" + side.label() + ".json");
    Path log = directory.resolve(suite.label() + "-" + side.label() + ".log");
    ProcessBuilder process = new ProcessBuilder(command(suite, side, results))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    THREADS.forEach(variable -> process.environment().put(variable, "1"));
    process.environment().put("CLASSPATH", side.classPath());
    int exit = process.start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException(
          "benchmark failed: side=" + side.label() + ", exit=" + exit + ". See " + log + ".");
    }
    return new ObjectMapper().readTree(results.toFile());
  }

  private List<String> command(Suite suite, Side side, Path results) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    if (Runtime.version().feature() >= FIRST_JDK_THAT_ASKS_FOR_NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Dorg.nd4j.log.initialization=false");
    command.add("-Djmh.ignoreLock=true");
    // Nor may JMH's own forks name the class path: ONNX Runtime 1.29 crashes where a command line
    // has more than some 4,000 characters.
    command.add("-Djmh.separateClasspathJAR=true");
    command.add("org.openjdk.jmh.Main");
    command.add(suite.pattern());
    command.addAll(List.of("-p", "size=" + String.join(",", effort.sizes(suite, side))));
    if (side == Side.JMH) {
      command.addAll(List.of("-p", "kernel=" + String.join(",", suite.kernels())));
    }
    command.addAll(List.of("-foe", "true", "-bm", "avgt", "-tu", "ns", "-f", "1", "-prof", "gc"));
    command.addAll(List.of("-wi", Integer.toString(effort.warmups(suite)), "-w", "1"));
    command.addAll(List.of("-i", Integer.toString(effort.iterations())));
    command.addAll(List.of("-r", Effort.ITERATION_MILLIS + "ms"));
    command.addAll(List.of("-rf", "json", "-rff", results.toString()));
    return command;
  }
}
