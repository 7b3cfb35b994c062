package io.millrace.tests.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final int DECK = 14;

  @Test
  void aRoundFollowsFromTheSeedAndItsNumberAlone() {
    Round one = new Schedule(5, Set.of()).round(37);
    Schedule other = new Schedule(5, Set.of());
    IntStream.range(0, 37).forEach(other::round);

    assertThat(other.round(37)).isEqualTo(one);
    assertThat(new Schedule(6, Set.of()).round(37)).isNotEqualTo(one);
  }

  @Test
  void everyKindComesWithinADeck() {
    Schedule schedule = new Schedule(5, Set.of());

    assertThat(IntStream.range(DECK, 2 * DECK)
            .mapToObj(number -> schedule.round(number).kind())
            .collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(FaultKind.class));
  }

  @Test
  void whatThisMachineCannotDoIsLeftOut() {
    Schedule schedule = new Schedule(5, EnumSet.of(FaultKind.FULL_DISK));

    assertThat(IntStream.range(0, 100).mapToObj(number -> schedule.round(number).kind()))
        .doesNotContain(FaultKind.FULL_DISK);
  }

  @Test
  void theFaultFallsIntoTheBurst() {
    Schedule schedule = new Schedule(5, Set.of());

    assertThat(IntStream.range(0, 500).mapToObj(schedule::round))
        .allSatisfy(
            round -> assertThat(round.strikeAfter()).isPositive().isLessThan(round.events()));
  }
}
