package io.millrace.benchmarks.stream.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.stream.harness.Stalls.Watch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallsTest {
  private static Watch watch(long... micros) {
    Watch watch = new Watch();
    for (long beyond : micros) {
      watch.see(beyond * 1000);
    }
    return watch;
  }

  @Test
  void aStallIsAMillisecondOrMore() {
    Stalls stalls = Stalls.of(List.of(watch(999, 3, 1000, 4000)), Duration.ofSeconds(1));

    assertThat(stalls).isEqualTo(new Stalls(0.5, 4));
  }

  @Test
  void theirPartIsOfAllProcessors() {
    Stalls stalls = Stalls.of(List.of(watch(10_000, 20_000), watch(10_000)), Duration.ofSeconds(2));

    assertThat(stalls).isEqualTo(new Stalls(1, 20));
  }

  @Test
  void bothAreToldAndTheLongestOfAll() {
    assertThat(new Stalls(0.26, 4.4).after(new Stalls(1.04, 12.6)))
        .isEqualTo("stalled 1.0 % of the time before and 0.3 % after, for up to 13 ms");
  }

  @Test
  void whereThereIsNoneNothingIsLost() {
    assertThat(Stalls.of(List.of(watch(), watch(10)), Duration.ofSeconds(2)))
        .isEqualTo(new Stalls(0, 0));
  }
}
