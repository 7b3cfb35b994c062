package io.millrace.topology.transfer;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.topics.TopicAdmin;
import java.util.Set;

/** Clients would wait a minute for a topic to appear. */
final class TransferTopics {
  private TransferTopics() {}

  /** @throws TransferException naming those that are missing */
  static void require(MillraceConfig config, String... topics) {
    try (TopicAdmin admin = new TopicAdmin(config.adminProperties())) {
      Set<String> missing = admin.missing(Set.of(topics));
      if (!missing.isEmpty()) {
        throw new TransferException(
            "weights not moved: missing topics=" + missing + ". Create them by ./millrace topics.");
      }
    }
  }
}
