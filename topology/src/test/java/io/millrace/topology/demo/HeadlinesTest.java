package io.millrace.topology.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeadlinesTest {
  private static final long SECOND = 1_000_000_000;

  private final Headlines headlines = new Headlines();

  @BeforeEach
  void anOrdinaryDay() {
    for (int n = 0; n < 20_000; n++) {
      headlines.offer(Judged.of(0.2 + n % 100 / 1000.0, Optional.empty()));
    }
    headlines.due(0);
  }

  @Test
  void theHighestOfASecondIsToldWhereHardlyAnyWasAsHigh() {
    headlines.offer(Judged.of(0.8, Optional.empty()));
    headlines.offer(Judged.of(0.9, Optional.empty()));

    assertThat(headlines.due(SECOND / 2)).isEmpty();
    assertThat(headlines.due(SECOND)).contains(Judged.of(0.9, Optional.empty()));
    assertThat(headlines.due(3 * SECOND)).isEmpty();
  }

  @Test
  void whatIsOrdinaryIsNotWorthALine() {
    headlines.offer(Judged.of(0.25, Optional.empty()));

    assertThat(headlines.due(SECOND)).isEmpty();
  }

  @Test
  void theWarmupIsNotWorthALine() {
    headlines.offer(Judged.warmup(0.9, Optional.empty()));

    assertThat(headlines.due(SECOND)).isEmpty();
  }
}
