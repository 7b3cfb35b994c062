package io.millrace.topology.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long START = 1_000_000;

  private final Latency latency = new Latency(START);

  @Test
  void theStartCountsWhereThereIsNothingElse() {
    latency.add(START, START + 900);

    assertThat(latency.percentile(50)).isEqualTo(900);
  }

  @Test
  void theStartIsLeftOutOnceThereIsMore() {
    long later = START + Latency.START_UP.toMillis();
    latency.add(START, START + 900);
    latency.add(later, later + 40);
    latency.add(later, later + 60);

    assertThat(latency.percentile(50)).isEqualTo(40);
    assertThat(latency.percentile(99)).isEqualTo(60);
  }
}
