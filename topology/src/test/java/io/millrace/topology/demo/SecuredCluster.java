package io.millrace.topology.demo;

import io.millrace.topology.access.Right;
import io.millrace.topology.access.Rights;
import io.millrace.topology.config.MillraceConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;

/** A secured broker for one test: its topics, and a user of its own, who may do nothing yet. */
public final class SecuredCluster {
  /** Of every test's user. */
  public static final String USER_PASSWORD = "secret-of-users";

  private final SecuredBroker broker;
  private final TestCluster open;
  private final String user;

  SecuredCluster(SecuredBroker broker, String name) {
    this.broker = broker;
    this.open = new TestCluster(broker.broker().bootstrapServers(), name);
    this.user = name;
    alterUser(
        new UserScramCredentialUpsertion(
            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), USER_PASSWORD),
        true);
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.broker().bootstrapServers()));
  }

  /** What the controller has taken, the broker learns a moment later. */
  private void alterUser(UserScramCredentialAlteration alteration, boolean known) {
    try (Admin admin = admin()) {
      admin.alterUserScramCredentials(List.of(alteration)).all().get();
      Awaitility.await()
          .until(() -> admin.describeUserScramCredentials().users().get().contains(user) == known);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same topics for somebody who may do all. */
  public TestCluster open() {
    return open;
  }

  public String user() {
    return user;
  }

  /** By which this test's user comes in; a model of one feature. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(open.settings());
    settings.put("bootstrap.servers", broker.broker().bootstrapServers("SASL_SSL"));
    // Its rights on what begins with its id must not be rights on the test's topics.
    settings.put("application.id", "by-" + user);
    settings.put("security.protocol", "SASL_SSL");
    settings.put("sasl.mechanism", "SCRAM-SHA-512");
    settings.put("sasl.jaas.config", jaas(USER_PASSWORD));
    settings.put("ssl.truststore.location", broker.certificates().trustStore().toString());
    settings.put("ssl.truststore.password", SecuredBroker.STORE_PASSWORD);
    settings.put("model.inputs", "1");
    settings.put("model.hidden", "8");
    return settings;
  }

  /** The same with others in place of some. */
  public Map<String, String> settings(Map<String, String> others) {
    Map<String, String> settings = settings();
    settings.putAll(others);
    return settings;
  }

  public String jaas(String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user
        + "\" password=\"" + password + "\";";
  }

  public String serversWithExpiredCertificate() {
    return broker.broker().bootstrapServers("EXPIRED");
  }

  public String trustStoreOfStrangers() {
    return broker.certificates().trustStoreOfStrangers().toString();
  }

  public String keyStore() {
    return broker.certificates().keyStore("valid").toString();
  }

  public MillraceConfig config(Map<String, String> others) {
    return MillraceConfig.load(Optional.empty(), Map.of(), settings(others));
  }

  /** What {@code run} needs with these settings. */
  public List<Right> rights() {
    return Rights.of(config(Map.of()));
  }

  public void grant(List<Right> rights) {
    try (Admin admin = admin()) {
      admin.createAcls(bindings(rights)).all().get();
      awaitAcls(admin, bindings(rights), true);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  public void grant(ResourceType type, String name, AclOperation... operations) {
    grant(List.of(
        new Right(new ResourcePattern(type, name, PatternType.LITERAL), Set.of(operations))));
  }

  public void revoke(Right right) {
    List<AclBinding> bindings = bindings(List.of(right));
    try (Admin admin = admin()) {
      admin
          .deleteAcls(bindings.stream().map(AclBinding::toFilter).toList())
          .all()
          .get();
      awaitAcls(admin, bindings, false);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitAcls(Admin admin, List<AclBinding> bindings, boolean there) {
    Awaitility.await().until(() -> {
      Collection<AclBinding> all =
          admin.describeAcls(AclBindingFilter.ANY).values().get();
      return there ? all.containsAll(bindings) : bindings.stream().noneMatch(all::contains);
    });
  }

  private List<AclBinding> bindings(List<Right> rights) {
    return rights.stream()
        .flatMap(right -> right.operations().stream()
            .map(operation -> new AclBinding(
                right.resource(),
                new AccessControlEntry(
                    "User:" + user, "127.0.0.1", operation, AclPermissionType.ALLOW))))
        .toList();
  }

  public void deleteUser() {
    alterUser(new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_512), false);
  }
}
