package io.millrace.topology.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.kernel.KernelChoice;
import io.millrace.model.kernel.Kernels;
import io.millrace.topology.MillraceTopology;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
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

  public StreamsRunner(MillraceConfig config) {
    this.config = config;
    this.kernel = Kernels.choose(config.kernel());
    StreamsConfig settings = new StreamsConfig(config.streamsProperties());
    this.streams =
        new KafkaStreams(MillraceTopology.build(config, kernel.kernel(), meters), settings);
    streams.setStateListener((now, before) -> changed(now));
    streams.setUncaughtExceptionHandler(this::failed);
  }

  /**
   * Returns once events are being scored.
   *
   * @throws StartException when that does not happen within a minute
   */
  public void start() {
    LOG.info(
        "starting: application={}, model={}, kernel={} ({})",
        config.getString(Settings.APPLICATION_ID),
        config.modelSpec().signature(),
        kernel.kernel().name(),
        kernel.reason());
    streams.start();
    await(running, START_LIMIT);
    if (failure.get() != null) {
      throw new StartException(
          "application not started: " + failure.get().getMessage(), failure.get());
    }
    if (streams.state() != State.RUNNING) {
      throw new StartException(
          "application not started: state=" + streams.state() + ", waited="
              + START_LIMIT.toSeconds()
              + " s, bootstrap.servers=" + config.getString(Settings.BOOTSTRAP_SERVERS)
              + ". Check that the brokers answer and that topic "
              + config.topics().events() + " exists.",
          null);
    }
  }

  /** Finishes the events in hand, commits, and leaves the group. Idempotent. */
  public void stop() {
    streams.close(CloseOptions.timeout(STOP_LIMIT)
        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    ended.countDown();
  }

  /** Waits until the application was stopped or has failed. */
  public ExitCode awaitStop() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return failure.get() == null ? ExitCode.OK : ExitCode.STREAMS;
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
    failure.compareAndSet(null, cause);
    LOG.error("stopping: a stream thread failed", cause);
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
