package io.millrace.benchmarks.stream.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private final OpenLoop loop = new OpenLoop(500, Duration.ofSeconds(2), Duration.ofSeconds(10));

  @Test
  void eventsOfTheWarmupAreSentButNotCounted() {
    assertThat(loop.uncounted()).isEqualTo(750);
    assertThat(loop.events()).isEqualTo(5750);
  }

  @Test
  void theRateRisesInTheFirstHalfOfTheWarmup() {
    assertThat(loop.due(0)).isZero();
    assertThat(loop.due(250)).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(loop.due(10)).isEqualTo(Duration.ofMillis(200).toNanos());
  }

  @Test
  void fromThereOnEventsAreDueAtEvenTimes() {
    assertThat(loop.due(751) - loop.due(750)).isEqualTo(Duration.ofMillis(2).toNanos());
    assertThat(loop.due(loop.events())).isEqualTo(Duration.ofSeconds(12).toNanos());
  }

  @Test
  void percentilesAreToldInMilliseconds() {
    Histogram micros = new Histogram(3);
    micros.recordValueWithCount(2_000, 99_999);
    micros.recordValue(80_000);

    Percentiles millis = Percentiles.of(micros);

    assertThat(millis.p99()).isBetween(2.0, 2.01);
    assertThat(millis.max()).isBetween(80.0, 80.1);
    assertThat(millis.events()).isEqualTo(100_000);
  }
}
