package io.millrace.benchmarks.stream.harness;

import io.millrace.benchmarks.stream.application.Application;
import io.millrace.benchmarks.stream.application.Variant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** An application in a process of its own, watched from outside. */
public final class ApplicationProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
  private static final int FIRST_JDK_THAT_ASKS_FOR_NATIVE_ACCESS = 22;
  private static final String CLASS_PATHS = "millrace.benchmarks.";
  private static final String RESIDENT = "VmRSS:";
  private static final int LOG_TAIL_LINES = 30;
  private static final long KIB = 1024;

  /** As for the {@link Cluster}'s broker, but that it may grow. */
  private static final List<String> HEAP = List.of("-Xms512m", "-XX:+AlwaysPreTouch");

  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final Path log;

  /**
   * Starts it; {@link #awaitRunning} waits.
   *
   * @param settings of Millrace
   * @param dir for its configuration and its log
   */
  public ApplicationProcess(Variant variant, Map<String, String> settings, Path dir)
      throws IOException {
    Files.createDirectories(dir);
    Path config = dir.resolve("application.properties");
    this.log = dir.resolve("application.log");
    Files.writeString(
        config,
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .sorted()
            .collect(Collectors.joining("\n")));
    ProcessBuilder builder = new ProcessBuilder(command(variant, config))
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("OMP_NUM_THREADS", "1");
    // Not as an argument: ONNX Runtime 1.29 crashes in a process whose command line is longer than
    // some 4,000 characters.
    builder.environment().put("CLASSPATH", classPath(variant));
    this.process = builder.start();
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
  }

  private static List<String> command(Variant variant, Path config) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(HEAP);
    command.add("--add-modules=jdk.incubator.vector");
    if (Runtime.version().feature() >= FIRST_JDK_THAT_ASKS_FOR_NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Dorg.nd4j.log.initialization=false");
    String more = System.getProperty(CLASS_PATHS + "jvm", "");
    if (!more.isEmpty()) {
      command.addAll(List.of(more.split(" ")));
    }
    command.addAll(List.of(Application.class.getName(), variant.name(), config.toString()));
    return command;
  }

  private static String classPath(Variant variant) {
    String property = CLASS_PATHS + variant.side();
    String classPath = System.getProperty(property);
    if (classPath == null) {
      throw new IllegalStateException(
          "class path missing: property=" + property + ". Start with ./benchmarks/run.");
    }
    return classPath;
  }

  /** Waits until all states are restored and events are being read. */
  public void awaitRunning() {
    awaitLine(Application.RUNNING);
  }

  private void awaitLine(String expected) {
    try {
      String line = out.readLine();
      while (line != null && !line.equals(expected)) {
        line = out.readLine();
      }
      if (line == null) {
        throw ended(null);
      }
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /** @throws IllegalStateException when it has ended by itself */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw ended(null);
    }
  }

  private IllegalStateException ended(Exception cause) {
    return new IllegalStateException("application ended, and left this:\n" + logTail(), cause);
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  /** What all its threads have used of the processors so far. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Bytes that live on its heap, after a collection. */
  public long heapBytes() throws IOException {
    in.write(Application.HEAP + "\n");
    in.flush();
    return Long.parseLong(out.readLine());
  }

  /** Bytes of memory that it holds, heap and natives together. */
  public long residentBytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith(RESIDENT))
              .map(line -> line.replaceAll("\\D", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElse(0)
          * KIB;
    }
  }

  @Override
  public void close() {
    try {
      in.close();
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().onExit().join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    } catch (IOException e) {
      process.destroyForcibly().onExit().join();
    }
  }
}
