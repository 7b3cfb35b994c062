package io.millrace.topology.demo;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.demo.fleet.Channel;
import io.millrace.topology.run.StreamsRunner;
import io.millrace.topology.topics.TopicAdmin;
import io.millrace.topology.topics.TopicPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The whole thing on one machine: a broker, the topics, the application, a fleet, and a reader of what comes of it. */
public final class Demo {
  private static final int PARTITIONS = 4;
  private static final String NOT_YET_KNOWN = "127.0.0.1:0";

  private final DemoSettings settings;
  private final PrintWriter err;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * @param err for people
   * @throws io.millrace.topology.config.ConfigErrors before anything is started
   */
  public Demo(DemoSettings settings, PrintWriter err) {
    this.settings = settings;
    this.err = err;
    config(NOT_YET_KNOWN);
  }

  /** Ends {@link #run} soon, in good order: no more events are sent, and what was sent gets its scores. */
  public void stop() {
    stopped.countDown();
  }

  /**
   * Returns when every event has its score or dead letter, or when stopped; where the settings say so, only when stopped.
   *
   * @param result told once, unless stopped before the first event
   * @throws IllegalStateException when events are missing or something broke
   */
  public void run(Consumer<DemoResult> result) throws IOException {
    say("starting a broker in " + settings.dir());
    try (EmbeddedBroker broker = new EmbeddedBroker(settings.dir().resolve("broker"))) {
      MillraceConfig config = config(broker.bootstrapServers());
      createTopics(config);
      say("broker " + broker.bootstrapServers() + " is up; starting the application");
      try (StreamsRunner runner = new StreamsRunner(config);
          Outcomes outcomes = new Outcomes(config)) {
        if (isStopped()) {
          return;
        }
        runner.start();
        new DemoRun(settings, config, runner, outcomes, err, this::isStopped)
            .run()
            .ifPresent(result);
        if (settings.stay()) {
          stayUp(broker);
        }
      }
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void stayUp(EmbeddedBroker broker) {
    say("the broker at " + broker.bootstrapServers() + " and the application stay up until Ctrl-C");
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String text) {
    err.println("demo: " + text);
    err.flush();
  }

  private static void createTopics(MillraceConfig config) {
    try (TopicAdmin admin = new TopicAdmin(config.adminProperties())) {
      TopicPlan plan = TopicPlan.of(
          config.topics(), PARTITIONS, config.getInt(Settings.LEARN_PARTITIONS), Map.of());
      admin.create(plan.missing(), Optional.empty());
    }
  }

  /** No file and no environment: a demo must never reach a real cluster by what happens to be set around it. */
  private MillraceConfig config(String bootstrapServers) {
    Map<String, String> values = new HashMap<>();
    values.put(Settings.APPLICATION_ID, "millrace-demo");
    values.put(Settings.STATE_DIR, settings.dir().resolve("state").toString());
    values.putAll(settings.settings());
    values.put(Settings.BOOTSTRAP_SERVERS, bootstrapServers);
    values.put(Settings.MODEL_INPUTS, String.valueOf(Channel.values().length));
    return MillraceConfig.load(Optional.empty(), Map.of(), values);
  }
}
