package io.millrace.topology.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.topology.demo.fleet.Fault;
import io.millrace.topology.demo.fleet.FaultKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultTallyTest {
  private static final Fault SPIKE = Judged.fault(FaultKind.SPIKE, 1);
  private static final Fault SHIFT = Judged.fault(FaultKind.LEVEL_SHIFT, 50);

  private final FaultTally tally = new FaultTally();

  private void healthy(int count) {
    for (int n = 0; n < count; n++) {
      tally.add(Judged.of(0.5, Optional.empty()));
    }
  }

  private FaultSummary.Kind kind(FaultKind kind) {
    return tally.summary().kinds().stream()
        .filter(one -> one.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFaultAmongTheHighestScoresIsFoundAndOneBelowIsNot() {
    healthy(396);
    tally.add(Judged.of(0.9, Optional.of(SPIKE)));
    tally.add(Judged.of(0.1, Optional.of(SHIFT)));
    tally.add(Judged.of(0.1, Optional.of(SHIFT)));
    tally.add(Judged.of(0.8, Optional.empty()));

    FaultSummary summary = tally.summary();
    assertThat(summary.judged()).isEqualTo(400);
    assertThat(summary.top()).isEqualTo(4);
    assertThat(summary.hits()).isEqualTo(1);
    assertThat(summary.hitsByChance()).isEqualTo(0.03, within(1e-12));
    assertThat(kind(FaultKind.SPIKE).found()).isEqualTo(1);
    assertThat(kind(FaultKind.LEVEL_SHIFT).faults()).isEqualTo(1);
    assertThat(kind(FaultKind.LEVEL_SHIFT).found()).isZero();
    assertThat(kind(FaultKind.LEVEL_SHIFT).foundByChance())
        .isEqualTo(1 - 0.99 * 0.99, within(1e-12));
  }

  @Test
  void theHighestAreKeptWhateverTheOrderTheyCameIn() {
    tally.add(Judged.of(0.9, Optional.of(SPIKE)));
    healthy(250);
    tally.add(Judged.of(0.95, Optional.of(SHIFT)));

    assertThat(tally.summary().hits()).isEqualTo(2);
  }

  @Test
  void theWarmupDoesNotCount() {
    tally.add(Judged.warmup(0.9, Optional.of(SPIKE)));

    assertThat(tally.summary().judged()).isZero();
    assertThat(tally.summary().text())
        .isEqualTo(
            "Every key is still in its warm-up, so nothing can be said of the faults. More --events, or fewer --keys.");
  }

  @Test
  void theTextHoldsEveryCountNextToItsChance() {
    healthy(99);
    tally.add(Judged.of(0.9, Optional.of(SPIKE)));

    assertThat(tally.summary().text().lines())
        .containsExactly(
            "Of 100 scores after the warm-up the 1 highest touch 1 of 1 injected faults, by chance 0.0:",
            "  spike           1 of    1, by chance 0.0",
            "  level-shift     0 of    0, by chance 0.0",
            "  stuck-sensor    0 of    0, by chance 0.0",
            "  noise-burst     0 of    0, by chance 0.0",
            "  lost-cycle      0 of    0, by chance 0.0",
            "Of these 1 events 1 lie inside a fault, by chance 0.0.");
  }
}
