package io.millrace.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.topology.demo.SharedBroker;
import io.millrace.topology.demo.TestCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

@Timeout(120)
@ExtendWith(SharedBroker.class)
class TopicsCommandTest {
  private final StringWriter err = new StringWriter();

  private int code;

  /** @return the lines of stdout, sorted, without the topics' prefix */
  private List<String> topics(TestCluster cluster, String... options) {
    List<String> args = new ArrayList<>(List.of("topics"));
    cluster.settings().forEach((name, value) -> args.addAll(List.of("--set", name + "=" + value)));
    args.addAll(List.of(options));
    StringWriter out = new StringWriter();
    CommandLine command = Millrace.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    code = Millrace.run(command, args.toArray(String[]::new));
    return out.toString().replace(cluster.topic(""), "").lines().sorted().toList();
  }

  @Test
  void whatIsMissingIsToldThenMadeThenKept(TestCluster cluster) {
    List<String> wouldCreate = topics(cluster, "--dry-run", "--partitions", "3");
    List<String> created = topics(cluster, "--partitions", "3");
    List<String> kept = topics(cluster, "--partitions", "5");

    assertThat(code).as(err.toString()).isZero();
    assertThat(created)
        .containsExactly(
            "created      control partitions=1 cleanup.policy=delete retention.ms=604800000",
            "created      dead-letters partitions=1 cleanup.policy=delete max.message.bytes=1114112 message.timestamp.type=LogAppendTime retention.ms=2592000000",
            "created      events partitions=3 cleanup.policy=delete",
            "created      scores partitions=3 cleanup.policy=delete",
            "created      updates partitions=1 cleanup.policy=delete message.timestamp.type=LogAppendTime retention.ms=21600000 segment.ms=3600000",
            "created      weights partitions=1 cleanup.policy=compact min.cleanable.dirty.ratio=0.1 segment.bytes=16777216 segment.ms=600000",
            "created      windows partitions=1 cleanup.policy=delete message.timestamp.type=LogAppendTime retention.ms=604800000");
    assertThat(wouldCreate)
        .isEqualTo(created.stream()
            .map(line -> line.replace("created     ", "would create"))
            .toList());
    assertThat(kept).hasSize(7).contains("kept         events partitions=3");
  }

  @Test
  void aTopicThatDoesNotFitIsToldAndNothingIsCreated(TestCluster cluster) {
    topics(cluster, "--partitions", "3");
    String scores = cluster.topic("windows");

    List<String> lines = topics(
        cluster, "--set", "topic.scores=" + scores, "--set", "topic.windows=" + scores + "-2");

    assertThat(code).isEqualTo(1);
    assertThat(lines).anyMatch(line -> line.startsWith("not created  windows-2 "));
    assertThat(err.toString())
        .contains(
            "topic mismatch: topic=" + scores
                + ", field=partitions, expected=3, actual=1. Name another topic in the configuration, or make this one anew.");
  }

  @Test
  void aClusterThatDoesNotAnswerIsNamed() {
    int ended = Millrace.run(
        Millrace.commandLine().setErr(new PrintWriter(err, true)),
        "topics",
        "--set",
        "bootstrap.servers=127.0.0.1:1",
        "--set",
        "admin.default.api.timeout.ms=300",
        "--set",
        "admin.request.timeout.ms=300");

    assertThat(ended).isEqualTo(1);
    assertThat(err.toString())
        .contains("topics not settled: bootstrap.servers=127.0.0.1:1, cause=")
        .contains("Check that the brokers answer");
  }
}
