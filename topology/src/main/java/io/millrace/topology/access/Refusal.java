package io.millrace.topology.access;

import io.millrace.topology.config.MillraceConfig;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.resource.ResourceType;

/** What a client of Kafka was refused by, as a sentence with the next move. */
public final class Refusal {
  private Refusal() {}

  /** Empty when the fault is none of access. */
  public static Optional<RefusedException> of(Throwable fault) {
    return find(fault, RefusedException.class)
        .or(() -> find(fault, AuthorizationException.class)
            .map(refused -> refused(fault, "", rights(refused))))
        .or(() -> authentication(fault, ""));
  }

  /** With the user, and the rights that the resource needs. */
  public static Optional<RefusedException> of(Throwable fault, MillraceConfig config) {
    String user = user(config);
    return find(fault, RefusedException.class)
        .or(() -> find(fault, AuthorizationException.class)
            .map(refused -> refused(fault, user, needs(refused, config).orElse(rights(refused)))))
        .or(() -> authentication(fault, user));
  }

  /** {@code user=alice, }; nothing where the user is known by a certificate. */
  static String user(MillraceConfig config) {
    return config.user().map(user -> "user=" + user + ", ").orElse("");
  }

  private static RefusedException refused(Throwable fault, String user, String what) {
    return new RefusedException(
        "access refused: " + user + what + " Grant it; docs/security.md lists the commands.",
        fault);
  }

  private static String rights(AuthorizationException refused) {
    if (refused instanceof TopicAuthorizationException topics
        && !topics.unauthorizedTopics().isEmpty()) {
      return "right missing on topics=" + topics.unauthorizedTopics() + ".";
    }
    if (refused instanceof GroupAuthorizationException group && group.groupId() != null) {
      return "right missing on group=" + group.groupId() + ".";
    }
    return "right missing, cause=" + refused.getMessage();
  }

  /** Of what the stages need, that of the resource in question. */
  private static Optional<String> needs(AuthorizationException refused, MillraceConfig config) {
    Stream<Right> rights = Rights.of(config).stream();
    if (refused instanceof TopicAuthorizationException topics) {
      Set<String> names = topics.unauthorizedTopics();
      rights = rights.filter(right -> right.resource().resourceType() == ResourceType.TOPIC
          && names.stream().anyMatch(right::covers));
    } else if (refused instanceof GroupAuthorizationException) {
      rights = rights.filter(right -> right.resource().resourceType() == ResourceType.GROUP);
    } else if (refused instanceof TransactionalIdAuthorizationException) {
      rights =
          rights.filter(right -> right.resource().resourceType() == ResourceType.TRANSACTIONAL_ID);
    } else {
      return Optional.empty();
    }
    String needs = rights
        .map(right -> "resource=" + right.resourceText() + ", needs=" + right.operationsText())
        .collect(Collectors.joining("; "));
    return needs.isEmpty() ? Optional.empty() : Optional.of(needs + ".");
  }

  private static Optional<RefusedException> authentication(Throwable fault, String user) {
    return find(fault, AuthenticationException.class).map(refused -> {
      String move = refused instanceof SslAuthenticationException
          ? TlsFault.nextMove(refused)
          : refused instanceof UnsupportedSaslMechanismException
              ? "Set sasl.mechanism to one that the cluster has."
              : "Check user and password in sasl.jaas.config; if they are right, the credential was changed or deleted on the cluster, or has "
                  + "expired: have a new one made, and start again.";
      String cause = refused instanceof SslAuthenticationException
          ? TlsFault.reason(refused)
          : refused.getMessage();
      return new RefusedException(
          "access refused: " + user + "cause=" + cause + (cause.endsWith(".") ? " " : ". ") + move,
          fault);
    });
  }

  private static <T> Optional<T> find(Throwable fault, Class<T> type) {
    return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
