package io.millrace.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecuritySettingsTest {
  private static final String JAAS =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"alice\" password=\"%s\";";

  @TempDir
  private Path dir;

  private static MillraceConfig load(String... namesAndValues) {
    Map<String, String> sets = new HashMap<>(Map.of("model.inputs", "1"));
    for (int n = 0; n < namesAndValues.length; n += 2) {
      sets.put(namesAndValues[n], namesAndValues[n + 1]);
    }
    return MillraceConfig.load(Optional.empty(), Map.of(), sets);
  }

  private static List<String> errors(String... namesAndValues) {
    return catchThrowableOfType(ConfigErrors.class, () -> load(namesAndValues)).errors();
  }

  @Test
  void givenOnceTheyReachEveryClient() {
    MillraceConfig config =
        load("security.protocol", "SASL_SSL", "sasl.jaas.config", JAAS.formatted("s"));

    assertThat(List.<Map<?, ?>>of(
            config.streamsProperties(),
            config.producerProperties(),
            config.consumerProperties(),
            config.adminProperties()))
        .allSatisfy(client -> {
          assertThat(client.get("security.protocol")).isEqualTo("SASL_SSL");
          assertThat(client.get("sasl.jaas.config")).isEqualTo(JAAS.formatted("s"));
        });
    assertThat(config.user()).contains("alice");
  }

  @Test
  void underAPrefixTheyWinThere() {
    MillraceConfig config = load(
        "security.protocol", "SSL",
        "streams.security.protocol", "PLAINTEXT",
        "admin.security.protocol", "SSL");

    assertThat(config.streamsProperties())
        .containsEntry("security.protocol", "PLAINTEXT")
        .containsEntry("admin.security.protocol", "SSL");
    assertThat(config.producerProperties()).containsEntry("security.protocol", "PLAINTEXT");
    assertThat(config.adminProperties()).containsEntry("security.protocol", "SSL");
  }

  @Test
  void whatIsWrongIsToldBeforeAnyConnection() {
    assertThat(errors("security.protocol", "SASL_SLL"))
        .singleElement()
        .asString()
        .startsWith("setting=security.protocol: Invalid value SASL_SLL");
    assertThat(errors("security.protocol", "SASL_PLAINTEXT"))
        .containsExactly(
            "setting=sasl.jaas.config: missing, expected user and password, as security.protocol says.");
    assertThat(errors("sasl.jaas.config", JAAS.formatted("s")))
        .containsExactly(
            "setting=security.protocol: PLAINTEXT, expected one that uses sasl.jaas.config, which is set.");
    assertThat(errors("ssl.truststore.locaton", "x"))
        .containsExactly(
            "setting=ssl.truststore.locaton: unknown. Did you mean ssl.truststore.location?");
    assertThat(errors("security.protocol", "SSL", "ssl.truststore.location", "/no/such.p12"))
        .singleElement()
        .asString()
        .startsWith("setting=ssl.*: cannot be used, ")
        .contains("/no/such.p12");
    assertThat(errors("producer.security.protocol", "SASL_PLAINTEXT"))
        .containsExactly(
            "setting=producer.sasl.jaas.config: missing, expected user and password, as security.protocol says.");
  }

  @Test
  void aPasswordWithoutItsQuotesIsNotRepeated() {
    assertThat(
            errors(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=alice password=one two;"))
        .containsExactly(
            "setting=sasl.jaas.config: cannot be read, expected MODULE required username=\"...\" password=\"...\"; with the quotes and the semicolon.");
  }

  @Test
  void secretsMayStandInAFileOfTheirOwn() throws IOException {
    Path secrets =
        Files.writeString(dir.resolve("secrets.properties"), "jaas=" + JAAS.formatted("s"));

    MillraceConfig config = load(
        "config.providers",
        "file",
        "config.providers.file.class",
        FileConfigProvider.class.getName(),
        "security.protocol",
        "SASL_SSL",
        "sasl.jaas.config",
        "${file:" + secrets + ":jaas}");

    assertThat(config.consumerProperties())
        .containsEntry("sasl.jaas.config", JAAS.formatted("s"))
        .doesNotContainKey("config.providers");
    assertThat(errors(
            "config.providers",
            "file",
            "config.providers.file.class",
            FileConfigProvider.class.getName(),
            "sasl.jaas.config",
            "${file:" + dir.resolve("none") + ":jaas}"))
        .singleElement()
        .asString()
        .startsWith("setting=config.providers: Could not read properties from file");
  }

  @Test
  void theExampleOfThePageIsUnderstood() throws Exception {
    List<String> blocks = Pattern.compile("```properties\\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("..", "docs", "security.md")))
        .results()
        .map(block -> block.group(1))
        .toList();
    Path secrets = Files.writeString(dir.resolve("secrets.properties"), blocks.get(1));
    Path file = Files.writeString(
        dir.resolve("millrace.properties"),
        blocks
            .get(0)
            .replace("/run/secrets/millrace.properties", secrets.toString())
            .replace("/etc/millrace/cluster-ca.pem", someCertificate().toString()));

    MillraceConfig config = MillraceConfig.load(Optional.of(file), Map.of(), Map.of());

    assertThat(config.user()).contains("millrace");
    assertThat(config.adminProperties()).containsEntry("security.protocol", "SASL_SSL");
  }

  private Path someCertificate() throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init((KeyStore) null);
    X509Certificate one = ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0];
    return Files.writeString(
        dir.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(one.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }
}
