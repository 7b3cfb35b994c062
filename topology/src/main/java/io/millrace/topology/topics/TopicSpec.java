package io.millrace.topology.topics;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic as it should be.
 *
 * @param settings by Kafka's names; what is absent is the broker's default
 */
public record TopicSpec(String name, int partitions, Map<String, String> settings) {
  /** @param replicationFactor empty: the broker's default */
  NewTopic newTopic(Optional<Short> replicationFactor) {
    return new NewTopic(name, Optional.of(partitions), replicationFactor).configs(settings);
  }
}
