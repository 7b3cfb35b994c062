package io.millrace.tests.faults.site;

import io.millrace.tests.faults.plan.World;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The topics and settings of one history.
 *
 * @param name prefix of its topics, and its application's id
 * @param world its shape
 * @param bootstrapServers of the broker
 * @param own what is set otherwise than in that world
 */
public record Place(String name, World world, String bootstrapServers, Map<String, String> own) {
  /** How long a member may be silent: a static one that comes back within it finds its tasks. */
  public static final int SESSION_MS = 4_000;

  private static final int TRANSACTION_MS = 8_000;

  /** One that is as its world. */
  public Place(String name, World world, String bootstrapServers) {
    this(name, world, bootstrapServers, Map.of());
  }

  public String topic(String topic) {
    return name + "-" + topic;
  }

  public String changelog(String store) {
    return name + "-" + store + "-changelog";
  }

  public Map<String, Integer> partitions() {
    Map<String, Integer> partitions = new LinkedHashMap<>();
    for (String topic : List.of("events", "scores")) {
      partitions.put(topic(topic), world.partitions());
    }
    partitions.put(topic("windows"), workers());
    if (world.hasLabels()) {
      partitions.put(topic("labels"), world.partitions());
    }
    for (String topic : List.of("updates", "weights", "dead-letters")) {
      partitions.put(topic(topic), 1);
    }
    return partitions;
  }

  private int workers() {
    return Optional.ofNullable(settings().get("learn.partitions"))
        .map(Integer::parseInt)
        .orElse(world.partitions());
  }

  /** Of every instance. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Map.of(
        "bootstrap.servers", bootstrapServers,
        "application.id", name,
        "model.inputs", "2",
        "model.hidden", "8",
        "kernel", "scalar",
        "window.size", "8",
        "window.idle", "1s",
        "sync.interval", "150ms",
        "merge.max.wait", "250ms"));
    for (String topic :
        List.of("events", "scores", "windows", "updates", "weights", "dead-letters")) {
      settings.put("topic." + topic, topic(topic));
    }
    if (world.hasLabels()) {
      settings.put("topic.labels", topic("labels"));
    }
    settings.put("session.timeout", SESSION_MS + "ms");
    settings.put("producer.transaction.timeout.ms", String.valueOf(TRANSACTION_MS));
    settings.put("streams.reconnect.backoff.max.ms", "200");
    settings.putAll(world.settings());
    settings.putAll(own);
    return settings;
  }

  /** A static member comes back to its own tasks. */
  public Map<String, String> settings(String instance) {
    Map<String, String> settings = settings();
    settings.put("instance.id", instance);
    return settings;
  }
}
