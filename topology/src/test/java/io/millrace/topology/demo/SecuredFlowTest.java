package io.millrace.topology.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.Event;
import io.millrace.serde.AvroSerde;
import io.millrace.topology.access.AccessCheck;
import io.millrace.topology.access.RefusedException;
import io.millrace.topology.access.Right;
import io.millrace.topology.run.ExitCode;
import io.millrace.topology.run.StartException;
import io.millrace.topology.run.StreamsRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The application as a user of a secured cluster, with the rights that docs/security.md lists and no others. */
@Timeout(240)
@ExtendWith(SharedSecuredBroker.class)
class SecuredFlowTest {
  private static final AvroSerde<Event> EVENTS = AvroSerde.of(Event.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir
  private Path dir;

  private StreamsRunner runner(SecuredCluster cluster, String stateDir) {
    return new StreamsRunner(cluster.config(Map.of(
        "state.dir", dir.resolve(stateDir).toString(),
        "window.size", "8",
        "sync.interval", "200ms")));
  }

  private static void send(SecuredCluster cluster, int from, int count) {
    cluster
        .open()
        .send(IntStream.range(from, from + count)
            .mapToObj(n -> new ProducerRecord<>(
                cluster.open().topic("events"),
                "k".getBytes(UTF_8),
                EVENTS.encode(new Event(
                    null, Instant.ofEpochMilli(n), List.of(n % 7 * 1.0), List.of(), null, false))))
            .toList());
  }

  @Test
  void theWholeFlowRunsWithTheseRights(SecuredCluster cluster) {
    cluster.open().createTopics(1);
    cluster.grant(cluster.rights());

    send(cluster, 0, 200);
    try (StreamsRunner runner = runner(cluster, "first")) {
      runner.start();
      await().atMost(PATIENCE).until(() -> cluster.open().count("weights") > 0);
    }
    send(cluster, 200, 50);
    try (StreamsRunner restored = runner(cluster, "second")) {
      restored.start();
      await().atMost(PATIENCE).until(() -> cluster.open().count("scores") == 250);
    }

    assertThat(cluster.open().count("dead-letters")).isZero();
  }

  @Test
  @Tag("secured")
  void eachRightThatIsMissingIsToldBeforeAnythingStarts(SecuredCluster cluster) {
    cluster.open().createTopics(1);
    cluster.grant(cluster.rights());
    AccessCheck.require(cluster.config(Map.of()));

    for (Right right : cluster.rights()) {
      cluster.revoke(right);

      assertThatThrownBy(() -> AccessCheck.require(cluster.config(Map.of())), right.resourceText())
          .isInstanceOf(RefusedException.class)
          .hasMessage("access refused: user=" + cluster.user()
              + ", rights missing=1\n  resource=" + right.resourceText() + ", expected="
              + right.operationsText()
              + ", actual=none.\nGrant them; docs/security.md lists the commands.");
      cluster.grant(List.of(right));
    }
  }

  @Test
  void aUserWithoutRightsIsToldAllOfThemAtOnce(SecuredCluster cluster) {
    cluster.open().createTopics(1);

    StartException refused;
    try (StreamsRunner runner = runner(cluster, "state")) {
      refused = catchThrowableOfType(StartException.class, runner::start);
    }

    assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused)
        .hasMessageStartingWith("access refused: user=" + cluster.user() + ", rights missing="
            + cluster.rights().size())
        .hasMessageContaining("resource=topic " + cluster.open().topic("weights")
            + ", expected=Read, Write, actual=none.");
  }

  @Test
  @Tag("secured")
  void aRightThatIsTakenAwayStopsTheApplicationWithOneSentence(SecuredCluster cluster) {
    cluster.open().createTopics(1);
    cluster.grant(cluster.rights());
    Right scores = cluster.rights().stream()
        .filter(right -> right.resource().name().equals(cluster.open().topic("scores")))
        .findFirst()
        .orElseThrow();

    try (CapturedLog log = new CapturedLog(Level.ERROR);
        StreamsRunner runner = runner(cluster, "state")) {
      runner.start();
      cluster.revoke(scores);
      send(cluster, 0, 10);

      assertThat(stopped(runner)).isEqualTo(ExitCode.REFUSED);
      assertThat(ours(log))
          .containsExactly("ERROR StreamsRunner: stopping: access refused: user=" + cluster.user()
              + ", resource=topic " + cluster.open().topic("scores")
              + ", needs=Write. Grant it; docs/security.md lists the commands.");
    }
  }

  private static ExitCode stopped(StreamsRunner runner) {
    return CompletableFuture.supplyAsync(runner::awaitStop)
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private static List<String> ours(CapturedLog log) {
    return log.lines().stream()
        .filter(line -> line.startsWith("ERROR StreamsRunner: "))
        .map(String::strip)
        .toList();
  }

  @Test
  @Tag("secured")
  void aCredentialThatIsDeletedStopsTheApplicationWithOneSentence(SecuredCluster cluster) {
    cluster.open().createTopics(1);
    cluster.grant(cluster.rights());

    try (CapturedLog log = new CapturedLog(Level.ERROR);
        StreamsRunner runner = runner(cluster, "state")) {
      runner.start();
      cluster.deleteUser();

      assertThat(stopped(runner)).isEqualTo(ExitCode.REFUSED);
      assertThat(ours(log))
          .singleElement()
          .asString()
          .startsWith("ERROR StreamsRunner: stopping: access refused: user=" + cluster.user()
              + ", cause=Authentication failed")
          .contains("the credential was changed or deleted on the cluster, or has expired");
    }
  }
}
