package io.millrace.topology.access;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.topics.TopicAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Asks the cluster for the rights that {@code run} needs, before any thread starts: a stream thread would meet them one by one, some only after
 * hours. Changes nothing; what the cluster does not say is left to the threads.
 */
public final class AccessCheck {
  /** Below the application's own names, and none of them. */
  private static final String PROBE = "access-check";

  private final MillraceConfig config;
  private final Admin admin;
  private final List<String> missing = new ArrayList<>();

  private AccessCheck(MillraceConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /** @throws RefusedException with all the rights that are missing, or with why this user is not let in at all */
  public static void require(MillraceConfig config) {
    try (Admin admin = Admin.create(TopicAdmin.patient(config.adminProperties()))) {
      AccessCheck check = new AccessCheck(config, admin);
      check.look();
      if (!check.missing.isEmpty()) {
        throw new RefusedException(
            "access refused: " + Refusal.user(config) + "rights missing=" + check.missing.size()
                + "\n  " + String.join("\n  ", check.missing)
                + "\nGrant them; docs/security.md lists the commands.",
            null);
      }
    }
  }

  private void look() {
    Map<String, Right> topics = new TreeMap<>();
    for (Right right : Rights.of(config)) {
      switch (right.resource().resourceType()) {
        case TOPIC -> {
          if (right.operations().contains(AclOperation.CREATE)) {
            changelogs(right);
          } else {
            topics.put(right.resource().name(), right);
          }
        }
        case GROUP -> group(right);
        case TRANSACTIONAL_ID -> transactions(right);
        default -> throw new IllegalStateException("no way to ask for " + right.resourceText());
      }
    }
    topics(topics);
  }

  private void topics(Map<String, Right> rights) {
    admin
        .describeTopics(
            rights.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
        .topicNameValues()
        .forEach((name, description) -> compare(
            rights.get(name),
            answer(description, rights.get(name)).map(topic -> topic.authorizedOperations())));
  }

  /** One that does not exist yet tells no more than that it may be described. */
  private void group(Right right) {
    String id = right.resource().name();
    KafkaFuture<Optional<Set<AclOperation>>> operations = admin
        .describeConsumerGroups(
            List.of(id), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
        .describedGroups()
        .get(id)
        .thenApply(group -> Optional.ofNullable(group.authorizedOperations()));
    compare(right, answer(operations, right).flatMap(known -> known));
  }

  private void transactions(Right right) {
    String id = right.resource().name() + PROBE;
    answer(admin.describeTransactions(List.of(id)).description(id), right);
  }

  private void changelogs(Right right) {
    NewTopic probe =
        new NewTopic(right.resource().name() + PROBE, Optional.of(1), Optional.empty());
    answer(
        admin
            .createTopics(List.of(probe), new CreateTopicsOptions().validateOnly(true))
            .all(),
        right);
  }

  private void compare(Right right, Optional<Set<AclOperation>> granted) {
    granted
        .filter(operations -> !right.isGrantedBy(operations))
        .ifPresent(operations -> missing.add(right.missing(operations)));
  }

  /** Empty where the cluster does not say; a refusal is noted. */
  private <T> Optional<T> answer(KafkaFuture<T> asked, Right right) {
    try {
      return Optional.ofNullable(asked.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        missing.add(right.missing(Set.of()));
      } else {
        Refusal.of(e, config).ifPresent(refused -> {
          throw refused;
        });
      }
    }
    return Optional.empty();
  }
}
