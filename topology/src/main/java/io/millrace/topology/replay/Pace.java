package io.millrace.topology.replay;

import io.millrace.topology.csv.CsvRow;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** When a row is due, counted from the first row sent. Made for one run: it may remember where it began. */
public interface Pace {
  /**
   * @param sent rows sent before this one, in this run
   * @return nanoseconds after the first row; not after now: at once
   */
  long dueNanos(CsvRow row, long sent);

  /** As fast as the cluster takes it. */
  static Pace fullSpeed() {
    return (row, sent) -> 0;
  }

  /** @param rowsPerSecond above 0 */
  static Pace rate(double rowsPerSecond) {
    return (row, sent) -> (long) (sent / rowsPerSecond * TimeUnit.SECONDS.toNanos(1));
  }

  /** @param speed above 0; 1 is real time, 60 an hour in a minute */
  static Pace eventTime(double speed) {
    return new ByEventTime(speed);
  }

  /** A row without a time is due at once. */
  final class ByEventTime implements Pace {
    private final double speed;
    private Instant first;

    private ByEventTime(double speed) {
      this.speed = speed;
    }

    @Override
    public long dueNanos(CsvRow row, long sent) {
      if (row.time().isEmpty()) {
        return 0;
      }
      Instant time = row.time().get();
      if (first == null) {
        first = time;
      }
      double millis = Duration.between(first, time).toMillis() / speed;
      return (long) (millis * TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
