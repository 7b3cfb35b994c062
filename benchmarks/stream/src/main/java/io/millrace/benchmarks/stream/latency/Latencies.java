package io.millrace.benchmarks.stream.latency;

import io.millrace.benchmarks.stream.Workplace;
import io.millrace.benchmarks.stream.application.Variant;
import io.millrace.benchmarks.stream.harness.Cluster;
import io.millrace.benchmarks.stream.harness.Load;
import io.millrace.benchmarks.stream.harness.Session;
import io.millrace.benchmarks.stream.harness.Stalls;
import io.millrace.topology.config.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** All applications at a rate that any can bear, then each at half of what it can do. */
public final class Latencies {
  private static final int PARTITIONS = 4;
  private static final int INPUTS = 16;

  /** A key has some events a second, so that its windows fill while it is measured. */
  private static final int KEYS = 200;

  private static final double LOW_RATE = 500;
  private static final String LOW = "500/s";
  private static final String HALF = "half";
  private static final String DRAINED = "drained-events";

  private final Workplace workplace;
  private final LatencyPlan plan;
  private final List<Case> low;
  private final List<Case> half;
  private final LatencyReport report = new LatencyReport();
  private int sessions;

  /**
   * @param variants those to measure, of Millrace's own
   * @param only cases whose label matches
   */
  public Latencies(Workplace workplace, boolean quick, Set<Variant> variants, Pattern only) {
    this.workplace = workplace;
    this.plan = LatencyPlan.of(quick);
    List<Case> cases = Case.of(variants);
    this.low = at(LOW, cases, only);
    this.half = at(HALF, cases, only).stream()
        .filter(one -> plan.halved().contains(one.guarantee()))
        .toList();
  }

  private static List<Case> at(String load, List<Case> cases, Pattern only) {
    return cases.stream().filter(one -> only.matcher(one.label(load)).matches()).toList();
  }

  public void run() throws IOException {
    workplace.sayExpected("latency", plan.expected(low, half));
    Stalls before = Stalls.measure();
    try (Cluster cluster = new Cluster(workplace.dir().resolve("broker"))) {
      for (Case one : low) {
        measure(cluster, one, LOW, LOW_RATE, plan.measure());
      }
      if (!half.isEmpty()) {
        cluster.createTopic(DRAINED, PARTITIONS);
        cluster.preload(DRAINED, load(), plan.drained());
      }
      for (Case one : half) {
        double maximum = maximum(cluster, one);
        workplace.say("latency: %s can do %.0f events/s", one, maximum);
        measure(cluster, one, HALF, maximum / 2, plan.fastMeasure());
      }
    }
    workplace.note(Stalls.measure().after(before));
    workplace.report("latency", report.table(), report.csv(), report.json());
  }

  private Load load() {
    return Load.untilNow(KEYS, INPUTS, plan.drained());
  }

  private Session session(Cluster cluster, Case one, String name, String events) {
    return new Session(
        cluster,
        one.variant(),
        name,
        events,
        PARTITIONS,
        workplace.with(Map.of(
            Settings.PROCESSING_GUARANTEE,
            one.guarantee(),
            Settings.MODEL_INPUTS,
            Integer.toString(INPUTS))),
        workplace.dir().resolve(name));
  }

  private double maximum(Cluster cluster, Case one) throws IOException {
    try (Session session = session(cluster, one, "maximum" + ++sessions, DRAINED)) {
      return plan.drain()
          .measure(session, session.start(), KEYS, plan.drained())
          .eventsPerSecond();
    }
  }

  private void measure(Cluster cluster, Case one, String load, double rate, Duration measure)
      throws IOException {
    String name = "run" + ++sessions;
    String events = name + "-events";
    cluster.createTopic(events, PARTITIONS);
    try (Session session = session(cluster, one, name, events)) {
      var application = session.start();
      OpenLoop loop = new OpenLoop(rate, plan.warmup(one.variant()), measure);
      Percentiles millis = Percentiles.of(
          new OpenLoopRun(loop, session.config(), load()).run(application, PARTITIONS));
      report.add(one, load, rate, millis);
      workplace.say("latency: %s at %.0f events/s: %s", one, rate, millis);
    }
  }
}
