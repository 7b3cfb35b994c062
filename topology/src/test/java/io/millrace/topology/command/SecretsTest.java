package io.millrace.topology.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.demo.CapturedLog;
import io.millrace.topology.demo.SecuredCluster;
import io.millrace.topology.demo.SharedSecuredBroker;
import io.millrace.topology.run.StartException;
import io.millrace.topology.run.StreamsRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A recognizable secret in every setting that can hold one, and a search for it in all that comes out. */
@Timeout(240)
@ExtendWith(SharedSecuredBroker.class)
class SecretsTest {
  /** What all of them begin with. */
  private static final String SECRET = "secret-";

  @TempDir
  private Path dir;

  private final List<String> said = new ArrayList<>();

  /** By which the cluster lets in, everything that has a password given in every place where it may stand. */
  private Map<String, String> settings(SecuredCluster cluster) {
    Map<String, String> settings = cluster.settings();
    String store = settings.get("ssl.truststore.password");
    settings.put("ssl.keystore.location", cluster.keyStore());
    settings.put("ssl.keystore.password", store);
    settings.put("ssl.key.password", store);
    for (String prefix : List.of(
        "streams.",
        "producer.",
        "consumer.",
        "admin.",
        "streams.main.consumer.",
        "streams.global.consumer.")) {
      settings.put(prefix + "sasl.jaas.config", cluster.jaas(SecuredCluster.USER_PASSWORD));
      settings.put(prefix + "ssl.truststore.password", store);
      settings.put(prefix + "ssl.keystore.password", store);
      settings.put(prefix + "ssl.key.password", store);
    }
    settings.put("state.dir", dir.resolve("state").toString());
    return settings;
  }

  /** As environment variables, where nobody could see them either. */
  private static MillraceConfig fromEnvironment(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>();
    Map<String, String> others = new HashMap<>();
    settings.forEach((name, value) -> {
      if (value.contains(SECRET)) {
        environment.put("MILLRACE_" + name.replace('.', '_').toUpperCase(Locale.ROOT), value);
      } else {
        others.put(name, value);
      }
    });
    assertThat(environment).hasSizeGreaterThan(20);
    return MillraceConfig.load(Optional.empty(), environment, others);
  }

  private int command(Map<String, String> settings, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    settings.forEach((name, value) -> args.addAll(List.of("--set", name + "=" + value)));
    StringWriter out = new StringWriter();
    CommandLine line = Millrace.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true));
    int code = Millrace.run(line, args.toArray(String[]::new));
    said.add(out.toString());
    return code;
  }

  private static void assertNoSecrets(List<String> texts) {
    assertThat(texts).noneMatch(text -> text.contains(SECRET));
  }

  @Test
  @Tag("secured")
  void aRunTellsNone(SecuredCluster cluster) {
    cluster.open().createTopics(1);
    cluster.grant(cluster.rights());
    cluster
        .open()
        .send(List.of(new ProducerRecord<>(
            cluster.open().topic("events"), "k".getBytes(UTF_8), "garbage".getBytes(UTF_8))));

    try (CapturedLog log = new CapturedLog(Level.DEBUG);
        StreamsRunner runner = new StreamsRunner(fromEnvironment(settings(cluster)))) {
      runner.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> cluster.open().count("dead-letters") == 1);
      runner.meters().getMeters().forEach(meter -> said.add(meter.getId() + " " + meter.measure()));
      cluster.open().read("dead-letters", 1).forEach(letter -> {
        said.add(new String(letter.value(), UTF_8));
        letter
            .headers()
            .forEach(header -> said.add(header.key() + "=" + new String(header.value(), UTF_8)));
      });
      cluster.deleteUser();
      runner.awaitStop();

      assertThat(log.lines())
          .as("Kafka's own log of its settings")
          .anyMatch(line -> line.contains("ProducerConfig values")
              && line.contains("sasl.jaas.config = [hidden]"))
          .anyMatch(line -> line.contains("stopping: access refused"));
      assertThat(said).anyMatch(text -> text.startsWith("millrace.")).isNotEmpty();
      assertNoSecrets(log.lines());
      assertNoSecrets(said);
    }
  }

  @Test
  void noCommandTellsOneWhateverGoesWrong(SecuredCluster cluster) {
    Map<String, String> settings = settings(cluster);
    settings.keySet().removeIf(name -> name.startsWith("streams.") || name.startsWith("admin."));

    try (CapturedLog log = new CapturedLog(Level.DEBUG)) {
      List<Integer> codes = List.of(
          command(settings, "topics"),
          command(with(settings, "sasl.jaas.config", cluster.jaas("secret-wrong")), "run"),
          command(with(settings, "ssl.truststore.password", "secret-wrong"), "topics"),
          command(with(settings, "ssl.keystore.password", "secret-wrong"), "topics"),
          command(with(settings, "sasl.jaas.config", "secret-text and secret-more;"), "topics"),
          command(
              with(settings, "sasl.jaas.config", "x required password=secret-one secret-two;"),
              "run"),
          command(with(settings, "sasl.jaas.confg", cluster.jaas("secret-wrong")), "topics"),
          command(with(settings, "basic.auth.user.info", "me:secret-info"), "run"),
          command(with(settings, "schema.registry.url", "ftp://me:secret-url@127.0.0.1"), "run"),
          command(
              with(settings, "schema.registry.ssl.truststore.password", "secret-registry"), "run"),
          command(settings, "topics", "required", "password=secret-stray;"),
          command(settings, "dead-letters", "list"),
          command(settings, "config-docs"));

      assertThat(codes).contains(2, 3, 7);
      assertNoSecrets(said);
      assertNoSecrets(log.lines());
    }
  }

  @Test
  @Tag("secured")
  void aRegistryThatDoesNotAnswerIsToldWithoutItsPassword(SecuredCluster cluster) {
    cluster.open().createTopics(1);
    cluster.grant(cluster.rights());
    Map<String, String> settings =
        with(settings(cluster), "schema.registry.url", "http://me:secret-url@127.0.0.1:1");
    settings.put("schema.registry.timeout", "100ms");

    try (CapturedLog log = new CapturedLog(Level.DEBUG);
        StreamsRunner runner = new StreamsRunner(fromEnvironment(settings))) {
      try {
        runner.start();
        runner.awaitStop();
      } catch (StartException e) {
        said.add(e.getMessage());
      }

      assertThat(log.lines()).anyMatch(line -> line.contains("schema registry failed"));
      assertNoSecrets(log.lines());
      assertNoSecrets(said);
    }
  }

  private static Map<String, String> with(Map<String, String> settings, String name, String value) {
    Map<String, String> others = new HashMap<>(settings);
    others.put(name, value);
    return others;
  }
}
