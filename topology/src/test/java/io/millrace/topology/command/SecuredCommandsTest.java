package io.millrace.topology.command;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.topology.demo.SecuredCluster;
import io.millrace.topology.demo.SharedSecuredBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a person at a terminal is told by a cluster that does not let them in. */
@Timeout(240)
@ExtendWith(SharedSecuredBroker.class)
class SecuredCommandsTest {
  private static final int REFUSED = 7;

  @TempDir
  private Path dir;

  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> settings, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    settings.forEach((name, value) -> args.addAll(List.of("--set", name + "=" + value)));
    err.getBuffer().setLength(0);
    CommandLine line = Millrace.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err, true));
    return Millrace.run(line, args.toArray(String[]::new));
  }

  /** Every command that speaks to a cluster, with the least that it asks for. */
  private List<String[]> commands() throws IOException {
    Path csv = Files.writeString(dir.resolve("rows.csv"), "time,a\n2026-01-01T00:00:00Z,1\n");
    return List.of(
        new String[] {"run"},
        new String[] {"topics"},
        new String[] {"replay", "--csv", csv.toString(), "--time", "time", "--features", "a"},
        new String[] {"dead-letters", "list"},
        new String[] {"dead-letters", "replay"},
        new String[] {"export", "--out", dir.resolve("out.safetensors").toString()});
  }

  @Test
  @Tag("secured")
  void aWrongPasswordIsToldByEveryCommandAndNeverRepeated(SecuredCluster cluster)
      throws IOException {
    Map<String, String> settings =
        cluster.settings(Map.of("sasl.jaas.config", cluster.jaas("wrong-secret")));

    for (String[] command : commands()) {
      int code = run(settings, command);

      assertThat(code).as(err.toString()).isEqualTo(REFUSED);
      assertThat(err.toString())
          .startsWith("access refused: ")
          .contains("cause=Authentication failed during authentication due to invalid credentials")
          .contains("Check user and password in sasl.jaas.config")
          .doesNotContain("wrong-secret");
      assertThat(err.toString().lines()).hasSize(1);
    }
  }

  @Test
  @Tag("secured")
  void aCertificateThatIsNotTrustedOrHasExpiredIsTold(SecuredCluster cluster) {
    int stranger = run(
        cluster.settings(Map.of("ssl.truststore.location", cluster.trustStoreOfStrangers())),
        "topics");
    String strangerSaid = err.toString();
    int expired = run(
        cluster.settings(Map.of("bootstrap.servers", cluster.serversWithExpiredCertificate())),
        "topics");
    String expiredSaid = err.toString();

    assertThat(List.of(stranger, expired)).containsExactly(REFUSED, REFUSED);
    assertThat(strangerSaid)
        .startsWith("access refused: cause=unable to find valid certification path")
        .contains(
            "Put the certificate of the CA that signs the brokers' into ssl.truststore.location.");
    assertThat(expiredSaid)
        .startsWith("access refused: cause=certificate expired, NotAfter: ")
        .contains("The brokers need a new certificate");
  }

  @Test
  @Tag("secured")
  void aMechanismThatTheClusterDoesNotHaveIsTold(SecuredCluster cluster) {
    int code = run(
        cluster.settings(
            Map.of(
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"p\";")),
        "topics");

    assertThat(code).isEqualTo(REFUSED);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "access refused: cause=Client SASL mechanism 'PLAIN' not enabled in the server, enabled mechanisms are [SCRAM-SHA-512]. "
                + "Set sasl.mechanism to one that the cluster has.\n");
  }

  @Test
  @Tag("secured")
  void aTopicThatMayNotBeSeenIsRefusedRatherThanMissing(SecuredCluster cluster) {
    cluster.open().createTopics(1);

    int code = run(
        cluster.settings(), "export", "--out", dir.resolve("out.safetensors").toString());

    assertThat(code).isEqualTo(REFUSED);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("access refused: right missing on topics=["
            + cluster.open().topic("weights")
            + "]. Grant it; docs/security.md lists the commands.\n");
  }

  @Test
  @Tag("secured")
  void theCommandsRunWithTheRightsOfThePage(SecuredCluster cluster) throws IOException {
    Path csv = Files.writeString(dir.resolve("rows.csv"), "time,a\n2026-01-01T00:00:00Z,1\n");
    List<String> topics =
        List.of("events", "scores", "windows", "updates", "weights", "control", "dead-letters");
    for (String topic : topics) {
      cluster.grant(TOPIC, cluster.open().topic(topic), CREATE, DESCRIBE, DESCRIBE_CONFIGS);
    }
    assertThat(run(cluster.settings(), "topics")).as(err.toString()).isZero();

    cluster.grant(TOPIC, cluster.open().topic("events"), READ, WRITE);
    cluster.grant(GROUP, "millrace-replay-rows", READ);
    cluster.grant(TRANSACTIONAL_ID, "millrace-replay-rows", WRITE);
    assertThat(run(
            cluster.settings(),
            "replay",
            "--csv",
            csv.toString(),
            "--time",
            "time",
            "--features",
            "a",
            "--name",
            "rows"))
        .as(err.toString())
        .isZero();

    String letters = cluster.open().topic("dead-letters");
    cluster.grant(TOPIC, letters, READ);
    cluster.grant(GROUP, "millrace-dead-letters-" + letters, READ);
    cluster.grant(TRANSACTIONAL_ID, "millrace-dead-letters-" + letters, WRITE);
    assertThat(run(cluster.settings(), "dead-letters", "list"))
        .as(err.toString())
        .isZero();
    assertThat(run(cluster.settings(), "dead-letters", "replay"))
        .as(err.toString())
        .isZero();

    cluster.grant(TOPIC, cluster.open().topic("weights"), READ);
    assertThat(run(cluster.settings(), "export", "--out", dir.resolve("out").toString()))
        .as("nothing learned yet")
        .isEqualTo(1);
    assertThat(err.toString()).contains("actual=none learned yet");
  }
}
