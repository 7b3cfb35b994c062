package io.millrace.tests.registry;

import io.millrace.serde.registry.TestRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** A real registry in one child JVM, on loopback only, that keeps its schemas in a directory. */
public final class ApicurioRegistry implements TestRegistry {
  static final String JAVA_HOME = "registry.java.home";

  private static final String APPLICATION = "registry.dir";
  private static final int JAVA = 21;
  private static final Duration READY_LIMIT = Duration.ofSeconds(120);
  private static final Duration TRY_AGAIN = Duration.ofMillis(100);

  private final Path dir;
  private final int port = freePort();
  private final int managementPort = freePort();
  private Process process;

  /**
   * Starts it and returns when it answers.
   *
   * @param dir its data and its log
   */
  public ApicurioRegistry(Path dir) {
    this.dir = dir;
    start();
  }

  @Override
  public URI url() {
    return server().resolve("/apis/ccompat/v7");
  }

  /** Of all its interfaces. */
  URI server() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void start() {
    try {
      process = new ProcessBuilder(command())
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(log().toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Awaitility.await()
          .atMost(READY_LIMIT)
          .pollInterval(TRY_AGAIN)
          .failFast(() -> !process.isAlive())
          .until(this::answers);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      throw notStarted(e);
    }
  }

  private List<String> command() {
    Path home = JavaHomes.atLeast(
        JAVA,
        JAVA_HOME,
        System.getProperty(JAVA_HOME, ""),
        JavaHomes.installed(System.getenv(), Path.of(System.getProperty("user.home"))));
    String application =
        Path.of(System.getProperty(APPLICATION), "quarkus-run.jar").toString();
    return List.of(
        home.resolve("bin/java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dquarkus.http.host=127.0.0.1",
        "-Dquarkus.http.port=" + port,
        "-Dquarkus.management.host=127.0.0.1",
        "-Dquarkus.management.port=" + managementPort,
        "-Dapicurio.datasource.url=jdbc:h2:file:" + dir.resolve("schemas").toAbsolutePath(),
        "-cp",
        application + File.pathSeparator + ownClasses(),
        RegistryProcess.class.getName());
  }

  private static Path ownClasses() {
    return Path.of(URI.create(RegistryProcess.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .toString()));
  }

  private boolean answers() {
    try {
      HttpURLConnection asked =
          (HttpURLConnection) URI.create(url() + "/subjects").toURL().openConnection();
      return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  private Path log() {
    return dir.resolve("registry.log");
  }

  private IllegalStateException notStarted(Throwable cause) {
    stop();
    try {
      List<String> lines = Files.readAllLines(log());
      return new IllegalStateException(
          "registry not started: dir=" + dir + "\n"
              + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())),
          cause);
    } catch (IOException e) {
      return new IllegalStateException("registry not started: dir=" + dir + ", log=none", cause);
    }
  }

  @Override
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    stop();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
