package io.millrace.topology.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A broker whose listener SASL_SSL lets in who has a SCRAM credential, and allows what its ACLs say. EXPIRED is the same with an expired
 * certificate; PLAINTEXT is for the test itself, which may do all.
 */
final class SecuredBroker implements AutoCloseable {
  /** Of every store of keys. */
  static final String STORE_PASSWORD = "secret-of-stores";

  private final Path dir;
  private final TestCertificates certificates;
  private final EmbeddedBroker broker;

  SecuredBroker() throws IOException, InterruptedException {
    this.dir = Files.createTempDirectory("millrace-secured");
    this.certificates = new TestCertificates(dir, STORE_PASSWORD);
    this.broker = new EmbeddedBroker(dir.resolve("broker"), settings());
  }

  private Map<String, String> settings() throws IOException {
    int controller = freePort();
    String open = "PLAINTEXT://127.0.0.1:" + freePort();
    String secured = "SASL_SSL://127.0.0.1:" + freePort();
    String expired = "EXPIRED://127.0.0.1:" + freePort();
    String clients = String.join(",", open, secured, expired);
    String scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
    return Map.ofEntries(
        Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
        Map.entry("listeners", clients + ",CONTROLLER://127.0.0.1:" + controller),
        Map.entry("advertised.listeners", clients),
        Map.entry(
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,EXPIRED:SASL_SSL"),
        Map.entry(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        Map.entry("super.users", "User:ANONYMOUS"),
        Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-512"),
        Map.entry("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", scram),
        Map.entry("listener.name.expired.scram-sha-512.sasl.jaas.config", scram),
        // So soon is a credential looked at again.
        Map.entry("connections.max.reauth.ms", "3000"),
        Map.entry("ssl.keystore.location", certificates.keyStore("valid").toString()),
        Map.entry("ssl.keystore.password", STORE_PASSWORD),
        Map.entry(
            "listener.name.expired.ssl.keystore.location",
            certificates.keyStore("expired").toString()),
        Map.entry("listener.name.expired.ssl.keystore.password", STORE_PASSWORD));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  EmbeddedBroker broker() {
    return broker;
  }

  TestCertificates certificates() {
    return certificates;
  }

  @Override
  public void close() throws IOException {
    broker.close();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
