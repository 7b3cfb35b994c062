package io.millrace.topology.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The cluster's topics: looks, and makes new ones. */
public final class TopicAdmin implements AutoCloseable {
  private static final int LIMIT_MS = 15_000;
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final Admin admin;
  private final Object servers;

  /** @param settings of an admin client */
  public TopicAdmin(Map<String, Object> settings) {
    this.admin = Admin.create(patient(settings));
    this.servers = settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  /** Shorter than a minute, for somebody waits at a terminal. */
  public static Map<String, Object> patient(Map<String, Object> settings) {
    Map<String, Object> patient = new HashMap<>(settings);
    patient.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MS);
    patient.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MS);
    return patient;
  }

  /**
   * Those of the named topics that are not there, in the order of their names.
   *
   * @throws TopicsException when the cluster does not say
   */
  public SortedSet<String> missing(Set<String> names) {
    SortedSet<String> missing = new TreeSet<>(names);
    missing.removeAll(describe(names).keySet());
    return missing;
  }

  /**
   * How many partitions those of the named topics have that are there.
   *
   * @throws TopicsException when the cluster does not say
   */
  public Map<String, Integer> partitions(Set<String> names) {
    return describe(names).values().stream()
        .collect(
            Collectors.toMap(TopicDescription::name, topic -> topic.partitions().size()));
  }

  /** By their names, for a list of all topics leaves out what this user may not see. */
  private Map<String, TopicDescription> describe(Set<String> names) {
    Map<String, TopicDescription> described = new HashMap<>();
    Set<String> refused = new TreeSet<>();
    admin.describeTopics(names).topicNameValues().forEach((name, answer) -> {
      try {
        described.put(name, get(answer));
      } catch (TopicsException e) {
        if (e.getCause() instanceof TopicAuthorizationException) {
          refused.add(name);
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    });
    if (!refused.isEmpty()) {
      throw new TopicsException(servers, new TopicAuthorizationException(refused));
    }
    return described;
  }

  /**
   * Those of the named topics that are there.
   *
   * @throws TopicsException when the cluster does not say
   */
  public Map<String, ExistingTopic> existing(Set<String> names) {
    Map<String, TopicDescription> described = describe(names);
    Map<ConfigResource, Config> settings =
        get(admin.describeConfigs(resources(described.keySet())).all());
    return described.keySet().stream()
        .collect(Collectors.toMap(
            name -> name,
            name -> new ExistingTopic(
                name,
                described.get(name).partitions().size(),
                settings.get(resource(name)).get(TopicCatalogue.CLEANUP_POLICY).value())));
  }

  /**
   * Makes them; one that somebody else made in the meantime is left as it is. Returns once all can be written to.
   *
   * @param replicationFactor empty: the broker's default
   * @throws TopicsException with the first that was refused
   */
  public void create(Collection<TopicSpec> missing, Optional<Short> replicationFactor) {
    admin
        .createTopics(
            missing.stream().map(spec -> spec.newTopic(replicationFactor)).toList())
        .values()
        .values()
        .forEach(this::getUnlessThere);
    awaitLeaders(missing);
  }

  /**
   * A topic is created before its leaders know of it. An idempotent producer that comes in between may have its first batch refused and its second
   * taken, and then never gets the first one in.
   */
  private void awaitLeaders(Collection<TopicSpec> topics) {
    Map<TopicPartition, OffsetSpec> ends = topics.stream()
        .flatMap(spec -> IntStream.range(0, spec.partitions())
            .mapToObj(partition -> new TopicPartition(spec.name(), partition)))
        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Set<String> names = topics.stream().map(TopicSpec::name).collect(Collectors.toSet());
    long limit = System.nanoTime() + Duration.ofMillis(LIMIT_MS).toNanos();
    while (!haveLeaders(names, ends)) {
      if (System.nanoTime() > limit) {
        throw new TopicsException(servers, new TimeoutException("no leader yet: " + names));
      }
      LockSupport.parkNanos(ASK_AGAIN.toNanos());
    }
  }

  /** The brokers asked first may not know the topics yet; the ends are told by the leaders themselves. */
  private boolean haveLeaders(Set<String> names, Map<TopicPartition, OffsetSpec> ends) {
    try {
      get(admin.describeTopics(names).allTopicNames());
      get(admin.listOffsets(ends).all());
      return true;
    } catch (TopicsException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private void getUnlessThere(KafkaFuture<Void> created) {
    try {
      get(created);
    } catch (TopicsException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicsException(servers, e);
    } catch (ExecutionException e) {
      throw new TopicsException(servers, e.getCause());
    }
  }

  private static List<ConfigResource> resources(Set<String> names) {
    return names.stream().map(TopicAdmin::resource).toList();
  }

  private static ConfigResource resource(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }
}
