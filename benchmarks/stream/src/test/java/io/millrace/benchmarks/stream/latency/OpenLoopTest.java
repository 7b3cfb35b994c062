package io.millrace.benchmarks.stream.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private final OpenLoop loop = new OpenLoop(500, Duration.ofSeconds(2), Duration.ofSeconds(10));

  @Test
  void eventsOfTheWarmupAreSentButNotCounted() {
    assertThat(loop.uncounted()).isEqualTo(1000);
    assertThat(loop.events()).isEqualTo(6000);
  }

  @Test
  void eventsAreDueAtFixedTimes() {
    assertThat(loop.due(0)).isZero();
    assertThat(loop.due(3)).isEqualTo(Duration.ofMillis(6).toNanos());
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
