package io.millrace.benchmarks.stream.throughput;

import io.millrace.benchmarks.stream.Workplace;
import io.millrace.benchmarks.stream.application.Variant;
import io.millrace.benchmarks.stream.harness.ApplicationProcess;
import io.millrace.benchmarks.stream.harness.Cluster;
import io.millrace.benchmarks.stream.harness.Drain;
import io.millrace.benchmarks.stream.harness.Load;
import io.millrace.benchmarks.stream.harness.Session;
import io.millrace.topology.config.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** All variants in turns, each in a fresh process, on one broker and the same events. */
public final class Throughput {
  private static final int PARTITIONS = 4;
  private static final int INPUTS = 16;

  private final Workplace workplace;
  private final Plan plan;
  private final ThroughputReport report = new ThroughputReport();
  private final Set<Integer> loaded = new HashSet<>();
  private int sessions;

  /**
   * @param variants those to measure, beside the ceiling
   * @param only settings whose label matches
   */
  public Throughput(Workplace workplace, boolean quick, Set<Variant> variants, Pattern only) {
    this.workplace = workplace;
    this.plan = Plan.of(quick).narrowedTo(variants, only);
  }

  public void run() throws IOException {
    workplace.sayExpected("throughput", plan.expected());
    try (Cluster cluster = new Cluster(workplace.dir().resolve("broker"))) {
      for (Setting setting : plan.settings()) {
        load(cluster, setting.keys());
        for (int round = 1; round <= setting.rounds(); round++) {
          for (Variant variant : inTurn(setting.variants(), round)) {
            Run run = Run.of(setting, variant);
            Outcome outcome = measure(cluster, setting, variant);
            report.add(run, outcome);
            workplace.say(
                "throughput: round %d of %d, %s: %.0f events/s, %.1f us",
                round,
                setting.rounds(),
                run,
                outcome.eventsPerSecond(),
                outcome.cpuMicrosPerEvent());
          }
        }
      }
    }
    workplace.report("throughput", report.table(), report.csv(), report.json());
  }

  private void load(Cluster cluster, int keys) {
    if (loaded.add(keys)) {
      workplace.say("throughput: sending %d events of %d keys", plan.events(keys), keys);
      cluster.createTopic(topic(keys), PARTITIONS);
      cluster.preload(
          topic(keys), Load.untilNow(keys, INPUTS, plan.events(keys)), plan.events(keys));
    }
  }

  private static String topic(int keys) {
    return "events-" + keys;
  }

  /** Forwards, then backwards, and so on: nobody is always first. */
  private List<Variant> inTurn(List<Variant> planned, int round) {
    List<Variant> ordered = new ArrayList<>(planned);
    if (round % 2 == 0) {
      Collections.reverse(ordered);
    }
    return ordered;
  }

  private Outcome measure(Cluster cluster, Setting setting, Variant variant) throws IOException {
    Map<String, String> settings = new HashMap<>(setting.settings());
    settings.put(Settings.MODEL_INPUTS, Integer.toString(INPUTS));
    String name = "run" + ++sessions;
    try (Session session = new Session(
        cluster,
        variant,
        name,
        topic(setting.keys()),
        PARTITIONS,
        workplace.with(settings),
        workplace.dir().resolve(name))) {
      ApplicationProcess process = session.start();
      Drain.Rate rate = plan.drain(variant)
          .measure(session, process, setting.keys(), plan.events(setting.keys()));
      long behind = variant.isLearning() ? session.windowsBehind() : 0;
      return new Outcome(rate.eventsPerSecond(), rate.cpuMicrosPerEvent(), behind);
    }
  }
}
