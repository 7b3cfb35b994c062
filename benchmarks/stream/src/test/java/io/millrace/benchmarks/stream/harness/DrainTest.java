package io.millrace.benchmarks.stream.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainTest {
  private final Drain drain =
      new Drain(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(90));

  @Test
  void fewEventsAreSharedAsTheTimeWouldHaveBeen() {
    assertThat(drain.warmEvents(1_000_000)).isEqualTo(800_000);
  }

  @Test
  void manyKeysTakeLongerToBeSeenThanWarmingUpDoes() {
    assertThat(drain.expected(10_000)).isEqualTo(Duration.ofSeconds(25));
    assertThat(drain.expected(1_000_000)).isEqualTo(Duration.ofSeconds(30));
  }
}
