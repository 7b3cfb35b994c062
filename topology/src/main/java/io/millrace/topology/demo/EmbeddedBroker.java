package io.millrace.topology.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A real single-node KRaft broker in one child JVM, on loopback only. Ports are chosen once and kept beside the data, so a restart on
 * the same directory is a restart of the same broker.
 */
public final class EmbeddedBroker implements AutoCloseable {
  static final String CLUSTER_ID = "bWlsbHJhY2UtZGVtby1fXw";

  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Duration TRY_AGAIN = Duration.ofMillis(50);
  private static final int LOG_TAIL_LINES = 20;

  /** Ctrl-C reaches the whole group of processes, and the parent still needs its broker to end in good order. */
  private static final String IGNORE_INTERRUPT = "trap '' INT; exec \"$0\" \"$@\"";

  private static final List<String> SMALL = List.of("-Xmx512m");

  private final Path dir;
  private final List<String> jvm;
  private final Path settings;
  private final Path log;
  private Process process;

  /**
   * Starts a broker and returns when it answers.
   *
   * @param dir its data; made where it does not exist
   * @throws IllegalStateException with the end of the broker's log, when it does not come up
   */
  public EmbeddedBroker(Path dir) throws IOException {
    this(dir, Map.of());
  }

  /** @param more settings of the broker beyond its own; they are kept beside the data too */
  public EmbeddedBroker(Path dir, Map<String, String> more) throws IOException {
    this(dir, more, SMALL);
  }

  /** @param jvm flags of the broker's JVM */
  public EmbeddedBroker(Path dir, Map<String, String> more, List<String> jvm) throws IOException {
    this.jvm = List.copyOf(jvm);
    this.dir = Files.createDirectories(dir.toAbsolutePath());
    this.settings = dir.resolve("server.properties");
    this.log = dir.resolve("broker.log");
    if (!Files.exists(settings)) {
      StringBuilder properties = new StringBuilder(serverProperties(freePort(), freePort()));
      new TreeMap<>(more)
          .forEach(
              (name, value) -> properties.append(name).append('=').append(value).append('\n'));
      Files.writeString(settings, properties);
    }
    start();
  }

  public String bootstrapServers() {
    return bootstrapServers("PLAINTEXT");
  }

  /** Of one of its listeners, by its name. */
  String bootstrapServers(String listener) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(settings)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Stream.of(properties.getProperty("advertised.listeners").split(","))
        .filter(advertised -> advertised.startsWith(listener + "://"))
        .map(advertised -> advertised.substring(listener.length() + "://".length()))
        .findFirst()
        .orElseThrow();
  }

  /** Starts it again after {@link #kill()}. */
  public void start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", IGNORE_INTERRUPT, java));
    command.addAll(jvm);
    command.addAll(List.of(
        "-cp",
        classPath(),
        BrokerProcess.class.getName(),
        settings.toAbsolutePath().toString()));
    process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
    awaitReady();
  }

  /** Of its process, for signals. */
  public long pid() {
    return process.pid();
  }

  /** As by kill -9. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private void awaitReady() {
    Map<String, Object> client =
        Map.of("bootstrap.servers", bootstrapServers(), "default.api.timeout.ms", (int)
            READY_LIMIT.toMillis());
    awaitListening();
    try (Admin admin = Admin.create(client)) {
      admin.describeCluster().nodes().get(READY_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw notStarted(e);
    }
  }

  /** Kafka's own clients would log every try. */
  private void awaitListening() {
    long limit = System.nanoTime() + READY_LIMIT.toNanos();
    while (!isListening()) {
      if (!process.isAlive() || System.nanoTime() > limit) {
        throw notStarted(null);
      }
      LockSupport.parkNanos(TRY_AGAIN.toNanos());
    }
  }

  private boolean isListening() {
    String[] address = bootstrapServers().split(":");
    try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private IllegalStateException notStarted(Throwable cause) {
    process.destroyForcibly();
    return new IllegalStateException(
        "broker not started: dir=" + dir + ", log=" + log + "\n" + logTail(), cause);
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  private static String classPath() {
    String own = System.getProperty("java.class.path");
    String configured = System.getProperty("millrace.broker.classpath", "");
    return configured.isEmpty() ? own : own + File.pathSeparator + configured;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** One node needs one replica of everything, and no wait for others to join. */
  private String serverProperties(int broker, int controller) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        auto.create.topics.enable=false
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        group.initial.rebalance.delay.ms=0
        group.streams.initial.rebalance.delay.ms=0
        log.cleaner.dedupe.buffer.size=4194304
        broker.session.timeout.ms=1000
        broker.heartbeat.interval.ms=200
        """.formatted(broker, controller, dir.resolve("data").toString().replace('\\', '/'));
  }
}
