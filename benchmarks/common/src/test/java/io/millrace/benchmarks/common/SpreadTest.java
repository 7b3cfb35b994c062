package io.millrace.benchmarks.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianOfAnEvenNumberLiesBetween() {
    assertThat(new Spread(List.of(4.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2.5);
  }

  @Test
  void theSpreadIsTheDistanceOfTheQuartilesInMedians() {
    assertThat(new Spread(List.of(8.0, 9.0, 10.0, 11.0, 12.0)).relative()).isEqualTo(0.2);
  }
}
