package io.millrace.topology.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.topology.demo.SharedBroker;
import io.millrace.topology.demo.TestCluster;
import io.millrace.topology.run.StreamsRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(180)
@ExtendWith(SharedBroker.class)
class DeadLettersCommandTest {
  @TempDir
  private Path dir;

  private final StringWriter err = new StringWriter();
  private int code;

  private StreamsRunner application(TestCluster cluster, String feature) {
    return new StreamsRunner(cluster.config(Map.of(
        "event.format", "json",
        "event.features", feature,
        "model.hidden", "4",
        "learn.enabled", "false",
        "state.dir", dir.resolve("state").toString())));
  }

  private String deadLetters(TestCluster cluster, String... args) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(args));
    new HashMap<>(cluster.settings())
        .forEach((name, value) -> all.addAll(List.of("--set", name + "=" + value)));
    StringWriter out = new StringWriter();
    CommandLine line = Millrace.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    code = Millrace.run(line, all.toArray(String[]::new));
    return out.toString();
  }

  private List<JsonNode> lines(TestCluster cluster, String... args) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : deadLetters(cluster, args).lines().toList()) {
      nodes.add(new ObjectMapper().readTree(line));
    }
    assertThat(code).as(err.toString()).isZero();
    return nodes;
  }

  private static ProducerRecord<byte[], byte[]> event(TestCluster cluster, int n, String value) {
    return new ProducerRecord<>(
        cluster.topic("events"),
        null,
        1_000L + n,
        ("k" + n).getBytes(UTF_8),
        value.getBytes(UTF_8));
  }

  private static void sendThreeMisnamedAndOneBroken(TestCluster cluster) {
    cluster.send(List.of(
        event(cluster, 0, "{\"reading\": 1.5}"),
        event(cluster, 1, "{\"reading\": 2.5, \"card\": \"4929-1111-2222-3333\"}"),
        event(cluster, 2, "{\"reading\""),
        event(cluster, 3, "{\"reading\": 3.5}")));
  }

  @Test
  void eventsAreScoredOnceTheMappingIsMendedAndTheirDeadLettersReplayed(TestCluster cluster)
      throws IOException {
    cluster.createTopics(1);
    sendThreeMisnamedAndOneBroken(cluster);
    try (StreamsRunner wrong = application(cluster, "value")) {
      wrong.start();
      cluster.read("dead-letters", 4);
    }

    List<JsonNode> listed = lines(cluster, "list", "--reason", "missing-field", "--json");
    JsonNode dry =
        lines(cluster, "replay", "--reason", "missing-field", "--dry-run").get(0);
    JsonNode sent = lines(cluster, "replay", "--reason", "missing-field").get(0);
    JsonNode again = lines(cluster, "replay", "--reason", "missing-field").get(0);

    assertThat(listed)
        .extracting(line -> line.get("key").asText())
        .containsExactly("k0", "k1", "k3");
    assertThat(listed.get(0).get("time").asText()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(dry.get("sent").asLong()).isEqualTo(3);
    assertThat(sent.get("sent").asLong()).isEqualTo(3);
    assertThat(again.get("sent").asLong()).isZero();
    try (StreamsRunner mended = application(cluster, "reading")) {
      mended.start();
      assertThat(cluster.read("scores", 3))
          .extracting(score -> new String(score.key(), UTF_8) + " " + score.timestamp())
          .containsExactly("k0 1000", "k1 1001", "k3 1003");

      lines(cluster, "replay");
      cluster.read("dead-letters", 5);
    }
    JsonNode newest = lines(cluster, "list", "--limit", "1", "--json").get(0);
    assertThat(newest.get("key").asText()).isEqualTo("k2");
    assertThat(newest.get("reason").asText()).isEqualTo("undecodable");
    assertThat(newest.get("replayed").asText()).isEqualTo(cluster.topic("dead-letters") + "-0@2");
    assertThat(cluster.count("scores")).isEqualTo(3);
  }

  @Test
  void aLetterIsShownWithItsReasonButOfItsValueTheBeginningOnly(TestCluster cluster) {
    cluster.createTopics(1);
    sendThreeMisnamedAndOneBroken(cluster);
    try (StreamsRunner wrong = application(cluster, "value")) {
      wrong.start();
      cluster.read("dead-letters", 4);
    }

    String newest = deadLetters(cluster, "list", "--limit", "3");

    assertThat(newest.lines())
        .startsWith(cluster.topic("dead-letters")
            + "-0@1  missing-field  key=k1  time=1970-01-01T00:00:01.001Z  from="
            + cluster.topic("events") + "-0@1")
        .contains(
            "    exception=io.millrace.serde.mapping.BadEventException  value=47 bytes {\"reading\": 2.5, \"card\":..");
    assertThat(newest).doesNotContain("4929-1111");
    assertThat(err.toString())
        .contains("dead letters: 4, the newest 3 are shown; --all shows the rest");
    assertThat(deadLetters(cluster, "list", "--all").lines()).hasSize(12);
  }

  @Test
  void aClusterWithoutTheTopicIsToldAtOnce(TestCluster cluster) {
    assertThat(deadLetters(cluster, "list")).isEmpty();

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "dead letters not reached: missing topics=[" + cluster.topic("dead-letters")
                + "]. Make them with ./millrace topics, or name others in topic.events and topic.dead-letters.");
  }

  @Test
  void aReasonThatThereIsNotIsAnsweredWithThoseThereAre(TestCluster cluster) {
    deadLetters(cluster, "list", "--reason", "wrong-tipe");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .contains("'wrong-tipe' is none of null-key, null-value, undecodable");
  }
}
