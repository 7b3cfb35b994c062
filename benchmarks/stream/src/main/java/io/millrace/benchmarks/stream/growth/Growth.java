package io.millrace.benchmarks.stream.growth;

import io.millrace.benchmarks.stream.Workplace;
import io.millrace.benchmarks.stream.harness.ApplicationProcess;
import io.millrace.benchmarks.stream.harness.Cluster;
import io.millrace.benchmarks.stream.harness.Directories;
import io.millrace.benchmarks.stream.harness.Drain;
import io.millrace.benchmarks.stream.harness.Load;
import io.millrace.benchmarks.stream.harness.Session;
import java.io.IOException;
import java.nio.file.Files;

/** One point after the other, each with events of its own. */
public final class Growth {
  private static final int INPUTS = 16;

  /** A key's state, on the application's disk and twice at the broker while RocksDB and the log are compacted; in bytes. */
  private static final long DISK_BYTES_OF_KEY = 6000;

  private final Workplace workplace;
  private final String name;
  private final GrowthPlan plan;
  private final GrowthReport report = new GrowthReport();
  private int sessions;

  private Growth(Workplace workplace, String name, GrowthPlan plan) {
    this.workplace = workplace;
    this.name = name;
    this.plan = plan;
  }

  /** Of everything that can grow. */
  public static Growth ofAll(Workplace workplace, boolean quick) {
    return new Growth(workplace, "growth", GrowthPlan.of(quick));
  }

  /** Of a key's row by its encoding. */
  public static Growth ofRows(Workplace workplace, boolean quick) {
    return new Growth(workplace, "rows", GrowthPlan.rows(quick));
  }

  public void run() throws IOException {
    try (Cluster cluster = new Cluster(workplace.dir().resolve("broker"))) {
      for (Point point : plan.points()) {
        if (fits(point)) {
          Grown grown = measure(cluster, point);
          report.add(point, grown);
          workplace.say("%s: %s: %s", name, point, grown);
        }
      }
    }
    workplace.report(name, report.table(), report.csv(), report.json());
  }

  private boolean fits(Point point) throws IOException {
    long needed = DISK_BYTES_OF_KEY * point.keys();
    long free = Files.getFileStore(workplace.dir()).getUsableSpace();
    if (needed > free) {
      workplace.say(
          "%s: %s left out: field=disk, needed=%d, free=%d bytes", name, point, needed, free);
    }
    return needed <= free;
  }

  private Grown measure(Cluster cluster, Point point) throws IOException {
    String run = "run" + ++sessions;
    String events = run + "-events";
    cluster.createTopic(events, point.partitions());
    cluster.preload(
        events, Load.untilNow(point.keys(), INPUTS, plan.events(point)), plan.events(point));
    try (Session session = new Session(
        cluster,
        point.variant(),
        run,
        events,
        point.partitions(),
        workplace.with(point.settings(INPUTS)),
        workplace.dir().resolve(run))) {
      ApplicationProcess process = session.start();
      Drain.Rate rate = plan.drain().measure(session, process, point.keys(), plan.events(point));
      long resident = process.residentBytes();
      long heap = process.heapBytes();
      session.stop();
      return new Grown(
          rate.eventsPerSecond(),
          rate.cpuMicrosPerEvent(),
          Directories.bytes(session.stateDir()),
          session.changelogBytes(),
          session.changelogRows(),
          heap,
          resident,
          restore(session));
    }
  }

  private static double restore(Session session) throws IOException {
    Directories.delete(session.stateDir());
    long begin = System.nanoTime();
    session.start();
    return (System.nanoTime() - begin) / 1e9;
  }
}
