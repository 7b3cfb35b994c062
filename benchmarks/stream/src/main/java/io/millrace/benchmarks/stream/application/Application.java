package io.millrace.benchmarks.stream.application;

import io.millrace.state.writeback.ChangelogWatch;
import io.millrace.topology.config.MillraceConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Main class of the application's own process. Prints {@value #RUNNING} once all states are restored; answers {@value #HEAP} on
 * standard input by the bytes that live on the heap; ends when standard input does.
 */
public final class Application {
  public static final String RUNNING = "running";
  public static final String HEAP = "heap";

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int FAILED = 4;

  private Application() {}

  /** @param args a {@link Variant} and a configuration file */
  public static void main(String[] args) {
    MillraceConfig config = MillraceConfig.load(Optional.of(Path.of(args[1])), Map.of(), Map.of());
    ChangelogWatch changelogs = new ChangelogWatch();
    KafkaStreams streams = new KafkaStreams(
        Topologies.of(Variant.valueOf(args[0]), config, changelogs),
        new StreamsConfig(config.streamsProperties()));
    changelogs.attach(streams, List.of());
    streams.setStateListener((now, before) -> tell(now));
    streams.setUncaughtExceptionHandler(Application::fail);
    // Not on this thread: starting waits for the broker, without end where the benchmark was
    // killed.
    Thread parent = new Thread(() -> serve(streams), "parent");
    parent.setDaemon(true);
    parent.start();
    streams.start();
  }

  /** Until standard input ends. */
  private static void serve(KafkaStreams streams) {
    try {
      answer();
    } catch (IOException e) {
      e.printStackTrace(); // a broken stream is as good as a closed one
    }
    stop(streams);
  }

  /** Whoever killed the benchmark took the broker along: then threads wait for it without end. */
  private static void stop(KafkaStreams streams) {
    // Otherwise the next one on these topics waits until the group has given this one up.
    boolean stopped = streams.close(CloseOptions.timeout(STOP_LIMIT)
        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!stopped) {
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void tell(State now) {
    if (now == State.RUNNING) {
      System.out.println(RUNNING);
    }
  }

  private static StreamThreadExceptionResponse fail(Throwable cause) {
    cause.printStackTrace();
    Runtime.getRuntime().halt(FAILED);
    return StreamThreadExceptionResponse.SHUTDOWN_APPLICATION;
  }

  private static void answer() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(HEAP)) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.println(runtime.totalMemory() - runtime.freeMemory());
      }
    }
  }
}
