package io.millrace.topology.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.kernel.KernelChoice;
import io.millrace.model.kernel.Kernels;
import io.millrace.serde.mapping.EventMapper;
import io.millrace.serde.registry.RegistryException;
import io.millrace.state.DamagedStore;
import io.millrace.state.writeback.ChangelogWatch;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.access.AccessCheck;
import io.millrace.topology.access.Refusal;
import io.millrace.topology.access.RefusedException;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.config.Stage;
import io.millrace.topology.config.Topics;
import io.millrace.topology.metrics.YieldMeters;
import io.millrace.topology.overload.LearnLoad;
import io.millrace.topology.overload.YieldingClients;
import io.millrace.topology.topics.TopicAdmin;
import io.millrace.topology.topics.TopicPlan;
import io.millrace.topology.topics.TopicsException;
import io.millrace.topology.weights.ForeignWeightsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the application, from start to a graceful stop. */
public final class StreamsRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final MillraceConfig config;
  private final KernelChoice kernel;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final KafkaStreams streams;
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private boolean discarded;

  /** Events are read as the configuration says. */
  public StreamsRunner(MillraceConfig config) {
    this(config, config.eventMappers());
  }

  /** @param mappers makes one for each task of the score stage, in place of the one that is configured */
  public StreamsRunner(MillraceConfig config, Supplier<? extends EventMapper> mappers) {
    this.config = config;
    this.kernel = Kernels.choose(config.kernel());
    StreamsConfig settings = new StreamsConfig(config.streamsProperties());
    LearnLoad load = new LearnLoad(config.overloadSettings());
    ChangelogWatch changelogs = new ChangelogWatch();
    this.streams = new KafkaStreams(
        MillraceTopology.build(config, kernel.kernel(), meters, mappers, load, changelogs),
        settings,
        new YieldingClients(config.topics(), load, new YieldMeters(meters)));
    streams.setStateListener((now, before) -> changed(now));
    streams.setUncaughtExceptionHandler(this::failed);
    changelogs.attach(streams, List.of(new RestoreLog()));
  }

  /**
   * Returns once events are being scored.
   *
   * @throws StartException when that does not happen within a minute
   */
  public void start() {
    LOG.info(
        "starting: application={}, model={}, kernel={} ({}), weights={}",
        config.applicationId(),
        config.modelSpec().signature(),
        kernel.kernel().name(),
        kernel.reason(),
        config.getString(Settings.KERNEL_WEIGHTS));
    requireAccess();
    requireTopics();
    startStreams();
    await(running, START_LIMIT);
    if (failure.get() != null) {
      throw notStarted(failure.get());
    }
    if (streams.state() != State.RUNNING) {
      throw new StartException(
          ExitCode.NOT_STARTED,
          "application not started: state=" + streams.state() + ", waited="
              + START_LIMIT.toSeconds()
              + " s, bootstrap.servers=" + config.getString(Settings.BOOTSTRAP_SERVERS)
              + ". Check that the brokers answer.",
          null);
    }
  }

  private void requireAccess() {
    try {
      AccessCheck.require(config);
    } catch (RefusedException e) {
      throw new StartException(ExitCode.REFUSED, e.getMessage(), e);
    }
  }

  /** Without one to write to, a task would wait a minute before it failed; Kafka Streams itself only looks at what it reads. */
  private void requireTopics() {
    try (TopicAdmin admin = new TopicAdmin(config.adminProperties())) {
      Set<String> missing = admin.missing(config.requiredTopics());
      if (!missing.isEmpty()) {
        throw notStarted("missing topics=" + missing + ", bootstrap.servers="
            + config.getString(Settings.BOOTSTRAP_SERVERS) + ". Create them by ./millrace topics.");
      }
      labelsMismatch(admin).ifPresent(mismatch -> {
        throw notStarted(mismatch);
      });
    } catch (TopicsException e) {
      throw new StartException(
          ExitCode.NOT_STARTED, "application not started: " + e.getMessage(), e);
    }
  }

  /** Kafka Streams gives a task one partition of each topic, and does not ask whether they hold the same keys. */
  private Optional<String> labelsMismatch(TopicAdmin admin) {
    Topics topics = config.topics();
    return config.stages().contains(Stage.SCORE)
        ? config
            .labelsTopic()
            .map(labels -> admin.partitions(Set.of(labels, topics.events())))
            .flatMap(partitions -> TopicPlan.labelsMismatch(topics, partitions))
        : Optional.empty();
  }

  private static StartException notStarted(String reason) {
    return new StartException(ExitCode.NOT_STARTED, "application not started: " + reason, null);
  }

  /** Reads the weights to their end first, before any task runs. */
  private void startStreams() {
    try {
      streams.start();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
      throw notStarted(e);
    }
  }

  private StartException notStarted(Throwable fault) {
    Optional<RefusedException> refused = Refusal.of(fault, config);
    if (refused.isPresent()) {
      return new StartException(ExitCode.REFUSED, refused.get().getMessage(), refused.get());
    }
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof ForeignWeightsException) {
        return new StartException(ExitCode.FOREIGN_WEIGHTS, cause.getMessage(), fault);
      }
      if (cause instanceof RegistryException) {
        return new StartException(
            ExitCode.NOT_STARTED, "application not started: " + cause.getMessage(), fault);
      }
    }
    return new StartException(
        ExitCode.NOT_STARTED, "application not started: " + fault.getMessage(), fault);
  }

  /** Finishes the events in hand, commits, and leaves the group, unless it is a member that comes back. Idempotent. */
  public void stop() {
    streams.close(CloseOptions.timeout(STOP_LIMIT)
        .withGroupMembershipOperation(
            config.isStaticMember()
                ? GroupMembershipOperation.REMAIN_IN_GROUP
                : GroupMembershipOperation.LEAVE_GROUP));
    discardDamagedStores();
    ended.countDown();
  }

  /** The next start would only find them again. What they held it restores from the changelogs. */
  private synchronized void discardDamagedStores() {
    if (DamagedStore.isCauseOf(failure.get()) && !discarded) {
      discarded = true;
      streams.cleanUp();
      LOG.error("local stores discarded: files of one are damaged. Start again to restore them.");
    }
  }

  /** Waits until the application was stopped or has failed. */
  public ExitCode awaitStop() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.ofNullable(failure.get())
        .map(fault -> fault instanceof RefusedException ? ExitCode.REFUSED : ExitCode.STREAMS)
        .orElse(ExitCode.OK);
  }

  public KernelChoice kernel() {
    return kernel;
  }

  public MeterRegistry meters() {
    return meters;
  }

  @Override
  public void close() {
    stop();
  }

  private void changed(State now) {
    LOG.info("state={}", now);
    if (now == State.RUNNING) {
      running.countDown();
    }
    if (now == State.ERROR || now == State.NOT_RUNNING) {
      running.countDown();
      ended.countDown();
    }
  }

  private StreamThreadExceptionResponse failed(Throwable cause) {
    Optional<RefusedException> refused = Refusal.of(cause, config);
    boolean first = failure.compareAndSet(null, refused.<Throwable>map(e -> e).orElse(cause));
    if (refused.isEmpty()) {
      LOG.error("stopping: a stream thread failed", cause);
    } else if (first) {
      LOG.error("stopping: {}", refused.get().getMessage());
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static void await(CountDownLatch latch, Duration limit) {
    try {
      if (!latch.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("still not running after {} s", limit.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
