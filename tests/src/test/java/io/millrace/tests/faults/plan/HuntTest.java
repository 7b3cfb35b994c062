package io.millrace.tests.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HuntTest {
  private static final int COMMITTED_MS = 200;

  /** Of {@link Burst}, and of a window. */
  private static final int KEYS = 16;

  private static final int WINDOW = 8;

  private static Stream<Round> rounds() {
    Hunt hunt = new Hunt(5, World.SINGLE);
    return IntStream.range(0, 500).mapToObj(hunt::round);
  }

  @Test
  void aRoundFollowsFromTheSeedAndItsNumberAlone() {
    Round one = new Hunt(5, World.SINGLE).round(37);
    Hunt other = new Hunt(5, World.SINGLE);
    IntStream.range(0, 37).forEach(other::round);

    assertThat(other.round(37)).isEqualTo(one);
    assertThat(new Hunt(6, World.SINGLE).round(37)).isNotEqualTo(one);
  }

  @Test
  void everyRoundKillsTheApplicationInTheMutantsWorld() {
    assertThat(rounds()).allSatisfy(round -> {
      assertThat(round.kind()).isEqualTo(FaultKind.KILL_APPLICATION);
      assertThat(round.world()).isEqualTo(World.SINGLE);
    });
  }

  @Test
  void mostKeysHaveFilledWindowsBeforeTheKillAndEventsFollowIt() {
    assertThat(rounds())
        .allSatisfy(round -> assertThat(round.strikeAfter())
            .isGreaterThan(2 * KEYS * WINDOW)
            .isLessThan(round.events()));
  }

  @Test
  void theLullIsLongEnoughForWhatWasSentToBeTakenInAndCommitted() {
    assertThat(rounds())
        .allSatisfy(round -> assertThat(round.delayMillis()).isGreaterThan(2 * COMMITTED_MS));
  }
}
