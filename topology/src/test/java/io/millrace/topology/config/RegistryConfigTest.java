package io.millrace.topology.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.millrace.serde.registry.RegistryException;
import io.millrace.serde.registry.RegistrySettings;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RegistryConfigTest {
  private static final String PASSWORD = "changeit";

  @TempDir
  private Path dir;

  private static MillraceConfig load(String... namesAndValues) {
    Map<String, String> sets = new HashMap<>(Map.of("model.inputs", "1"));
    for (int n = 0; n < namesAndValues.length; n += 2) {
      sets.put(namesAndValues[n], namesAndValues[n + 1]);
    }
    return MillraceConfig.load(Optional.empty(), Map.of(), sets);
  }

  private static ConfigErrors errors(String... namesAndValues) {
    return catchThrowableOfType(ConfigErrors.class, () -> load(namesAndValues));
  }

  @Test
  void credentialsInTheUrlAreTakenOutOfIt() {
    RegistrySettings settings = RegistryConfig.of(
        load("schema.registry.url", "https://me:s%20cret@one:8081/, https://two:8081"));

    assertThat(settings.urls())
        .containsExactly(URI.create("https://one:8081"), URI.create("https://two:8081"));
    assertThat(settings.credentials()).contains("me:s cret");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.autoRegister()).isTrue();
  }

  @Test
  void credentialsOfTheirOwnComeFromTheEnvironmentToo() {
    MillraceConfig config = MillraceConfig.load(
        Optional.empty(),
        Map.of("MILLRACE_BASIC_AUTH_USER_INFO", "me:secret"),
        Map.of(
            "model.inputs", "1",
            "schema.registry.url", "http://one:8081",
            "basic.auth.credentials.source", "USER_INFO"));

    assertThat(RegistryConfig.of(config).credentials()).contains("me:secret");
    assertThat(config.values().toString()).doesNotContain("secret");
  }

  @Test
  void errorsNeverTellACredential() {
    ConfigErrors errors = errors(
        "schema.registry.url", "ftp://me:secret@one,http://me:secret@",
        "basic.auth.user.info", "secret");

    assertThat(errors.errors())
        .containsExactly(
            "setting=basic.auth.user.info: has no meaning without basic.auth.credentials.source=USER_INFO.",
            "setting=schema.registry.url: number 1 is no http or https URL.",
            "setting=schema.registry.url: number 2 is no http or https URL.");
    assertThat(errors(
                "schema.registry.url", "http://one",
                "basic.auth.credentials.source", "USER_INFO",
                "basic.auth.user.info", "secret")
            .errors())
        .containsExactly(
            "setting=basic.auth.user.info: expected user:password, as basic.auth.credentials.source=USER_INFO says.");
  }

  @Test
  void confluentEventsNeedARegistry() {
    assertThat(errors("event.format", "avro", "event.encoding", "confluent", "event.features", "a")
            .errors())
        .containsExactly(
            "setting=schema.registry.url: empty, expected the registry that event.encoding=confluent needs.");
  }

  @Test
  void aTruststoreThatIsNotThereIsToldAtStart() {
    assertThat(errors(
                "schema.registry.url", "https://one",
                "schema.registry.ssl.truststore.location", "/no/such/file.p12")
            .errors())
        .singleElement()
        .asString()
        .startsWith("setting=schema.registry.ssl.*: ");
  }

  @Test
  void aRegistryIsTrustedByTheTruststoreThatIsNamed() throws Exception {
    Path store = keyStore();
    HttpsServer server = server(store);
    try {
      String url = "https://127.0.0.1:" + server.getAddress().getPort();
      MillraceConfig trusting = load(
          "schema.registry.url",
          url,
          "schema.registry.ssl.truststore.location",
          store.toString(),
          "schema.registry.ssl.truststore.type",
          "PKCS12",
          "schema.registry.ssl.truststore.password",
          PASSWORD);
      MillraceConfig strange = load("schema.registry.url", url, "schema.registry.timeout", "500ms");

      assertThat(trusting.schemaRegistry().byId(1)).isEqualTo(Schema.create(Schema.Type.INT));
      assertThatThrownBy(() -> strange.schemaRegistry().byId(1))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("SSLHandshakeException");
    } finally {
      server.stop(0);
    }
  }

  private Path keyStore() throws Exception {
    Path store = dir.resolve("registry.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made = new ProcessBuilder(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "registry",
            "-keyalg",
            "EC",
            "-dname",
            "CN=registry",
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD)
        .inheritIO()
        .start();
    assertThat(made.waitFor()).isZero();
    return trusted(store);
  }

  /** A truststore holds certificates, and the key's own entry does not count as one. */
  private static Path trusted(Path store) throws Exception {
    KeyStore keys = open(store);
    keys.setCertificateEntry("trusted", keys.getCertificate("registry"));
    try (var out = Files.newOutputStream(store)) {
      keys.store(out, PASSWORD.toCharArray());
    }
    return store;
  }

  private static KeyStore open(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static HttpsServer server(Path store) throws Exception {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(open(store), PASSWORD.toCharArray());
    SSLContext ssl = SSLContext.getInstance("TLS");
    ssl.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(ssl));
    server.createContext("/schemas/ids/1", exchange -> {
      byte[] body = "{\"schema\": \"\\\"int\\\"\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    return server;
  }
}
