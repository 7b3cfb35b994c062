package io.millrace.topology.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Stage;
import io.millrace.topology.config.Topics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclOperation;

/** The rights that {@code run} needs with the stages that a configuration names, and no more. */
public final class Rights {
  private final Map<String, Set<AclOperation>> topics = new TreeMap<>();

  private Rights() {}

  /** Topics in the order of their names; then what the application's own id stands for. */
  public static List<Right> of(MillraceConfig config) {
    Rights rights = new Rights();
    rights.allow(config.topics().weights(), READ);
    rights.allow(config.topics().deadLetters(), WRITE);
    for (Stage stage : config.stages()) {
      rights.allow(config, stage);
    }
    List<Right> all = new ArrayList<>();
    rights.topics.forEach((name, operations) ->
        all.add(Right.on(TOPIC, name, operations.toArray(AclOperation[]::new))));
    String id = config.applicationId();
    all.add(Right.onAllBelow(TOPIC, id + "-", CREATE, READ, WRITE));
    all.add(Right.on(GROUP, id, READ));
    if (config.isExactlyOnce()) {
      all.add(Right.onAllBelow(TRANSACTIONAL_ID, id + "-", WRITE));
    }
    return all;
  }

  private void allow(MillraceConfig config, Stage stage) {
    Topics names = config.topics();
    switch (stage) {
      case SCORE -> {
        allow(names.events(), READ);
        config.labelsTopic().ifPresent(labels -> allow(labels, READ));
        allow(names.scores(), WRITE);
        if (config.isLearning()) {
          allow(names.windows(), WRITE);
        }
        if (config.scoreSettings().asksForIds()) {
          allow(names.updates(), WRITE);
        }
      }
      case LEARN -> {
        allow(names.windows(), READ);
        allow(names.updates(), WRITE);
      }
      case MERGE -> {
        allow(names.updates(), READ);
        allow(names.weights(), WRITE);
      }
    }
  }

  private void allow(String topic, AclOperation operation) {
    topics.computeIfAbsent(topic, name -> EnumSet.noneOf(AclOperation.class)).add(operation);
  }
}
