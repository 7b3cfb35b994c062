package io.millrace.tests.faults.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One application in a process of its own, with a supervisor that starts it again whenever it ends unasked, as a cluster's does. */
public final class Instance implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration TRY_AGAIN = Duration.ofMillis(50);
  private static final String RUNNING = "state=RUNNING";

  /** What starts fast and is killed soon. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx192m");

  private final Path dir;
  private final Path log;
  private final Path state;
  private final List<Path> patches;
  private final List<String> jvm;
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private Process process;
  private Process killed;
  private List<String> wrapper = List.of();
  private boolean wanted;
  private long logBegins;

  /**
   * @param dir its own: state, configuration, log
   * @param settings of the application but its state directory
   * @param patches class path in front of the product's
   */
  public Instance(Path dir, Map<String, String> settings, List<Path> patches) {
    this(dir, settings, patches, SHORT_LIVED);
  }

  /** @param jvm its flags */
  public Instance(Path dir, Map<String, String> settings, List<Path> patches, List<String> jvm) {
    this.jvm = jvm;
    this.dir = dir.toAbsolutePath();
    this.log = this.dir.resolve("application.log");
    this.state = this.dir.resolve("state");
    this.patches = patches;
    write(settings);
  }

  private void write(Map<String, String> settings) {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put("state.dir", state.toString());
    try {
      Files.createDirectories(state);
      try (Writer writer = Files.newBufferedWriter(dir.resolve("millrace.properties"))) {
        properties.store(writer, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public synchronized void start() {
    wanted = true;
    launch();
  }

  /** Its state directory lies on a disk of its own, of that size, as mount takes it. */
  public synchronized void startOnSmallDisk(String size) {
    wrapper = SmallDisk.wrapper(state, size);
    start();
  }

  private void launch() {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of(
        "-cp",
        classPath(),
        ChildMain.class.getName(),
        "run",
        "--config",
        dir.resolve("millrace.properties").toString()));
    try {
      logBegins = Files.exists(log) ? Files.size(log) : 0;
      process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.onExit().thenAccept(this::ended);
  }

  private String classPath() {
    StringBuilder path = new StringBuilder();
    patches.forEach(patch -> path.append(patch).append(System.getProperty("path.separator")));
    return path.append(System.getProperty("java.class.path")).toString();
  }

  private synchronized void ended(Process which) {
    if (wanted && which == process) {
      failures.incrementAndGet();
      launch();
    }
  }

  /** kill -9; the supervisor starts it again at once. Nothing where that has not happened since the last one. */
  public synchronized void kill() {
    if (process == killed) {
      return;
    }
    killed = process;
    kills.incrementAndGet();
    failures.decrementAndGet(); // not of its own doing
    process.destroyForcibly();
  }

  /** kill -9, and it stays down. */
  public void killForGood() {
    Process killed;
    synchronized (this) {
      wanted = false;
      kills.incrementAndGet();
      killed = process;
    }
    killed.destroyForcibly().onExit().join();
  }

  /** As by SIGTERM. */
  public void stop() {
    Process stopping;
    synchronized (this) {
      wanted = false;
      stopping = process;
    }
    if (stopping == null) {
      return;
    }
    stopping.destroy();
    try {
      if (!stopping.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        stopping.destroyForcibly().onExit().join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.destroyForcibly();
    }
    wrapper = List.of();
  }

  public synchronized void pause() {
    Signals.send(process.pid(), "STOP");
  }

  public synchronized void resume() {
    Signals.send(process.pid(), "CONT");
  }

  public synchronized void fillDisk() {
    SmallDisk.fill(process.pid(), state);
  }

  public synchronized void freeDisk() {
    if (process.isAlive()) {
      SmallDisk.free(process.pid(), state);
    }
  }

  /** Returns once it says that it scores, or after a while if it never does: the audit will tell. */
  public void awaitRunning() {
    Waiting.until(START_LIMIT, TRY_AGAIN, this::isRunning);
  }

  private synchronized boolean isRunning() {
    try (var in = Files.newInputStream(log)) {
      in.skipNBytes(logBegins);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(RUNNING);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The most memory that the process has held at once, the JVM's own and its libraries' included.
   *
   * @return in KiB
   */
  public synchronized long peakMemory() {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return status
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path log() {
    return log;
  }

  public Path state() {
    return state;
  }

  public int kills() {
    return kills.get();
  }

  /** How often it ended by itself. */
  public int failures() {
    return failures.get();
  }

  @Override
  public void close() {
    stop();
  }
}
