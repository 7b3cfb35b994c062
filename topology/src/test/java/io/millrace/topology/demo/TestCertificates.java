package io.millrace.topology.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority for one test run, with what it signed, by the keytool of the running JDK. PKCS12 stores, in a folder of their own. */
final class TestCertificates {
  private final Path dir;
  private final String password;

  TestCertificates(Path dir, String password) throws IOException, InterruptedException {
    this.dir = dir;
    this.password = password;
    keytool("-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
    keytool("-alias", "valid", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1", "-signer", "ca");
    keytool(
        "-alias",
        "expired",
        "-dname",
        "CN=broker",
        "-ext",
        "san=ip:127.0.0.1",
        "-signer",
        "ca",
        "-startdate",
        "-3d",
        "-validity",
        "1");
  }

  private void keytool(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keyalg",
        "EC",
        "-storetype",
        "PKCS12",
        "-keystore",
        all().toString(),
        "-storepass",
        password));
    command.addAll(List.of(options));
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes());
    if (made.waitFor() != 0) {
      throw new IllegalStateException("no certificate made: " + said);
    }
  }

  private Path all() {
    return dir.resolve("all.p12");
  }

  /** The key and the chain of one alias: {@code valid} or {@code expired}. */
  Path keyStore(String alias) {
    return store(
        alias,
        (from, to) -> to.setKeyEntry(
            alias,
            from.getKey(alias, password.toCharArray()),
            password.toCharArray(),
            from.getCertificateChain(alias)));
  }

  Path trustStore() {
    return store("trust", (from, to) -> to.setCertificateEntry("ca", from.getCertificate("ca")));
  }

  /** Trusts a certificate that signed no other. */
  Path trustStoreOfStrangers() {
    return store(
        "strange",
        (from, to) -> to.setCertificateEntry("stranger", from.getCertificate("expired")));
  }

  private interface Copy {
    void from(KeyStore all, KeyStore one) throws GeneralSecurityException;
  }

  private Path store(String name, Copy copy) {
    Path file = dir.resolve(name + ".p12");
    try (InputStream in = Files.newInputStream(all());
        OutputStream out = Files.newOutputStream(file)) {
      KeyStore from = KeyStore.getInstance("PKCS12");
      from.load(in, password.toCharArray());
      KeyStore to = KeyStore.getInstance("PKCS12");
      to.load(null, null);
      copy.from(from, to);
      to.store(out, password.toCharArray());
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("no store made: " + file, e);
    }
  }
}
