package io.millrace.topology.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.topology.csv.CsvRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000;

  private static CsvRow row(long millis) {
    return new CsvRow(
        "a.csv",
        0,
        "a",
        "",
        Optional.of(Instant.ofEpochMilli(millis)),
        List.of(),
        List.of(),
        OptionalDouble.empty(),
        false,
        Optional.empty());
  }

  @Test
  void fullSpeedIsAlwaysDue() {
    assertThat(Pace.fullSpeed().dueNanos(row(1_000_000), 1_000_000)).isZero();
  }

  @Test
  void aRateSpreadsRowsEvenly() {
    assertThat(Pace.rate(4).dueNanos(row(0), 0)).isZero();
    assertThat(Pace.rate(4).dueNanos(row(0), 10)).isEqualTo(5 * SECOND / 2);
  }

  @Test
  void eventTimeCountsFromTheFirstRowAndIsDividedByTheSpeed() {
    Pace pace = Pace.eventTime(60);

    assertThat(pace.dueNanos(row(600_000), 0)).isZero();
    assertThat(pace.dueNanos(row(660_000), 1)).isEqualTo(SECOND);
    assertThat(pace.dueNanos(row(540_000), 2)).isNegative();
  }

  @Test
  void aRowWithoutATimeIsDueAtOnce() {
    CsvRow row = new CsvRow(
        "a.csv",
        0,
        "a",
        "never",
        Optional.empty(),
        List.of(),
        List.of(),
        OptionalDouble.empty(),
        false,
        Optional.empty());

    assertThat(Pace.eventTime(1).dueNanos(row, 0)).isZero();
  }
}
