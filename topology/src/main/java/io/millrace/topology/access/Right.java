package io.millrace.topology.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What has to be allowed on one resource, or on all whose names begin alike. Who may read or write may describe too.
 *
 * @param operations not empty
 */
public record Right(ResourcePattern resource, Set<AclOperation> operations) {
  public Right {
    operations = Set.copyOf(operations);
  }

  static Right on(ResourceType type, String name, AclOperation... operations) {
    return new Right(new ResourcePattern(type, name, PatternType.LITERAL), Set.of(operations));
  }

  static Right onAllBelow(ResourceType type, String prefix, AclOperation... operations) {
    return new Right(new ResourcePattern(type, prefix, PatternType.PREFIXED), Set.of(operations));
  }

  /** {@code topic events}, {@code transactional-id millrace*}. */
  public String resourceText() {
    String type = resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String end = resource.patternType() == PatternType.PREFIXED ? "*" : "";
    return type + " " + resource.name() + end;
  }

  /** {@code Read, Write}, as Kafka's tools name them. */
  public String operationsText() {
    return text(operations);
  }

  boolean covers(String name) {
    return resource.patternType() == PatternType.PREFIXED
        ? name.startsWith(resource.name())
        : name.equals(resource.name());
  }

  boolean isGrantedBy(Collection<AclOperation> granted) {
    return granted.containsAll(operations);
  }

  String missing(Collection<AclOperation> granted) {
    Set<AclOperation> actual = EnumSet.noneOf(AclOperation.class);
    actual.addAll(granted);
    return "resource=" + resourceText() + ", expected=" + operationsText() + ", actual="
        + (actual.isEmpty() ? "none" : text(actual)) + ".";
  }

  private static String text(Set<AclOperation> operations) {
    return new TreeSet<>(operations).stream().map(Right::name).collect(Collectors.joining(", "));
  }

  /** {@code DESCRIBE_CONFIGS} is {@code DescribeConfigs}. */
  private static String name(AclOperation operation) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
