package io.millrace.topology.replay;

import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.csv.CsvRow;
import io.millrace.topology.csv.RowSource;
import java.util.concurrent.TimeUnit;

/**
 * Sends rows as events, exactly once over all runs of one name: each transaction holds the records and the number of rows behind them, and a run
 * begins where the last committed one of its name ended. Records carry the time of their arrival (docs/decisions/0002).
 */
public final class Replay {
  private final MillraceConfig config;
  private final String name;
  private final boolean restart;
  private final Pace pace;
  private final Listener listener;
  private volatile boolean stopping;

  /** What is told on the way. */
  public interface Listener {
    /** @param rows behind us, those skipped included */
    void progress(long rows);

    /** The row has no time; it is sent as its raw text. */
    void notAnEvent(CsvRow row);
  }

  /**
   * @param name of the replay, part of a group's and a transaction's name
   * @param restart sends every row, whatever was sent before
   */
  public Replay(MillraceConfig config, String name, boolean restart, Pace pace, Listener listener) {
    this.config = config;
    this.name = name;
    this.restart = restart;
    this.pace = pace;
    this.listener = listener;
  }

  /** Ends {@link #run} soon, with everything committed that was sent. */
  public void stop() {
    stopping = true;
  }

  /**
   * @throws IllegalStateException when the source does not begin with the rows that an earlier run has sent
   * @throws org.apache.kafka.common.KafkaException when the cluster refuses; what was committed stays
   */
  public ReplaySummary run(RowSource source) {
    long start = System.nanoTime();
    try (EventLog log = new EventLog(config, name)) {
      ReplayRun run = new ReplayRun(source, log, pace, listener, () -> stopping);
      if (!restart) {
        skip(run, log.place());
      }
      run.send();
      double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
      return run.summary(seconds);
    }
  }

  private void skip(ReplayRun run, Place kept) {
    if (!run.skip(kept)) {
      throw new IllegalStateException(
          "replay rejected: name=" + name + ", rows sent before=" + kept.rows()
              + ", the same rows here=false. The input or its columns changed: choose another --name, or --restart.");
    }
  }
}
