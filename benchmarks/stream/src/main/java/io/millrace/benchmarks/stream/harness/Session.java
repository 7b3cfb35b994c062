package io.millrace.benchmarks.stream.harness;

import io.millrace.benchmarks.stream.application.Variant;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.topics.TopicAdmin;
import io.millrace.topology.topics.TopicPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One application on a cluster, with topics and states of its own but for the events, which many sessions may read.
 *
 * <p>Closing stops it and deletes everything that it wrote.
 */
public final class Session implements AutoCloseable {
  private static final Duration START_AND_STOP = Duration.ofSeconds(5);
  private static final String CHANGELOG = "key-states-changelog";

  private final Cluster cluster;
  private final Variant variant;
  private final Map<String, String> settings;
  private final MillraceConfig config;
  private final Path dir;
  private final int partitions;
  private ApplicationProcess process;

  /**
   * Makes the topics; {@link #start} starts the application.
   *
   * @param name of the application, and what the names of its topics begin with
   * @param events the topic it reads
   * @param partitions of that
   * @param more settings of Millrace
   * @param dir for its states
   */
  public Session(
      Cluster cluster,
      Variant variant,
      String name,
      String events,
      int partitions,
      Map<String, String> more,
      Path dir) {
    this.cluster = cluster;
    this.variant = variant;
    this.partitions = partitions;
    this.dir = dir;
    this.settings = new HashMap<>();
    for (String topic :
        Set.of("scores", "windows", "updates", "weights", "control", "dead-letters")) {
      settings.put(Settings.TOPIC_PREFIX + topic, name + "-" + topic);
    }
    settings.put(Settings.TOPIC_PREFIX + "events", events);
    settings.put(Settings.APPLICATION_ID, name);
    settings.put(Settings.STATE_DIR, stateDir().toString());
    settings.put(Settings.LEARN_ENABLED, Boolean.toString(variant.isLearning()));
    settings.putAll(more);
    settings.put(Settings.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
    this.config = MillraceConfig.load(Optional.empty(), Map.of(), settings);
    createTopics();
  }

  private void createTopics() {
    try (TopicAdmin admin = new TopicAdmin(config.adminProperties())) {
      TopicPlan plan = TopicPlan.of(
          config.topics(),
          partitions,
          config.getInt(Settings.LEARN_PARTITIONS),
          admin.existing(TopicPlan.names(config.topics())));
      admin.create(plan.missing(), Optional.empty());
    }
  }

  /** Roughly what a whole session takes in which so long is measured: topics made, a JVM started and stopped, states deleted. */
  public static Duration expected(Duration measuring) {
    return measuring.plus(START_AND_STOP);
  }

  /** Starts the application and waits until it runs. */
  public ApplicationProcess start() throws IOException {
    process = new ApplicationProcess(variant, settings, dir);
    process.awaitRunning();
    return process;
  }

  /** Stops the application; its topics and states stay. */
  public void stop() {
    process.close();
  }

  public MillraceConfig config() {
    return config;
  }

  public Path stateDir() {
    return dir.resolve("state");
  }

  /** Events that have their score, as a careful reader sees it. */
  public long scored() {
    return cluster.records(config.topics().scores(), partitions);
  }

  /** Windows that wait to be learned. */
  public long windowsBehind() {
    String windows = config.topics().windows();
    return cluster.records(windows, config.getInt(Settings.LEARN_PARTITIONS))
        - cluster.committed(config.applicationId(), windows);
  }

  /** Bytes of the changelog of the keys' states. */
  public long changelogBytes() {
    return cluster.bytes(config.applicationId(), CHANGELOG);
  }

  /** Records of that changelog, markers of transactions among them. */
  public long changelogRows() {
    return cluster.records(config.applicationId() + "-" + CHANGELOG, partitions);
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    cluster.deleteTopics(config.applicationId() + "-");
    try {
      Directories.delete(dir);
    } catch (IOException e) {
      throw new IllegalStateException("states not deleted: dir=" + dir, e);
    }
  }
}
