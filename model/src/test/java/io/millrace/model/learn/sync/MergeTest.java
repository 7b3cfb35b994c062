package io.millrace.model.learn.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTest {
  private static final MergeSettings SETTINGS = new MergeSettings(2, 1, 0, 3, 10);

  private final Merge merge = merge(SETTINGS);

  private static Merge merge(MergeSettings settings) {
    return new Merge(settings, MergeState.initial(MergedWeights.initial(new float[] {0.1f, 100})));
  }

  private static Change change(long base, long sequence, long steps, float... delta) {
    return new Change(base, sequence, new Tally(1, steps, 2.0 * steps), delta);
  }

  /** Both workers are known from here on, at version 2. */
  private void introduceWorkers1And2() {
    merge.offer(1, change(0, 1, 1, 0, 0));
    merge.offer(2, change(0, 1, 1, 0, 0));
    merge.close();
    assertThat(merge.weights().version()).isEqualTo(2);
  }

  @Test
  void theFirstWorkerIsNotKeptWaiting() {
    MergedWeights next = merge.offer(7, change(0, 1, 3, 0.2f, -1)).orElseThrow();

    assertThat(next.version()).isEqualTo(1);
    assertThat(next.values()).containsExactly(0.1f + 0.2f, 100f + -1f);
    assertThat(next.stepsLearned()).isEqualTo(3);
    assertThat(next.loss()).isEqualTo(2);
    assertThat(next.sequenceOf(7)).isEqualTo(1);
  }

  @Test
  void aRoundWaitsForAllWhoWereHeardAndAveragesByStepsLearned() {
    introduceWorkers1And2();

    assertThat(merge.offer(2, change(2, 2, 30, 4, 0))).isEmpty();
    MergedWeights next = merge.offer(1, change(2, 2, 10, 0, 8)).orElseThrow();

    assertThat(next.values()).containsExactly(0.1f + 3, 102);
    assertThat(next.stepsLearned()).isEqualTo(42);
  }

  @Test
  void twoChangesOfOneWorkerCountAsTheirSum() {
    introduceWorkers1And2();

    merge.offer(1, change(2, 2, 10, 1, 0));
    merge.offer(1, change(2, 3, 20, 2, 0));
    MergedWeights next = merge.offer(2, change(2, 2, 10, 0, 4)).orElseThrow();

    assertThat(next.values()[0]).isCloseTo(0.1f + 3 * 0.75f, within(1e-6f));
    assertThat(next.values()[1]).isEqualTo(101);
    assertThat(next.sequenceOf(1)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void theOrderInWhichWorkersAreHeardDoesNotShow(long seed) {
    MergeState expected = afterRoundsOf5Workers(30);

    MergeState actual = afterRoundsOf5Workers(seed);

    assertThat(actual.weights().values()).isEqualTo(expected.weights().values());
    assertThat(actual.velocity()).isEqualTo(expected.velocity());
    assertThat(actual.typical()).isEqualTo(expected.typical());
    assertThat(actual.weights().version()).isEqualTo(40);
  }

  private static MergeState afterRoundsOf5Workers(long seed) {
    Merge five = new Merge(new MergeSettings(2, 0.7, 0.9, 3, 10), knowing5Workers());
    Random random = new Random(seed);
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4));
    for (int round = 0; round < 40; round++) {
      Collections.shuffle(order, random);
      int base = (int) five.weights().version();
      for (int worker : order) {
        float delta = (worker == round % 5 ? 30f : 0.1f) * (worker + 1);
        five.offer(worker, change(base, round + 1, worker + 1, delta, -delta));
      }
    }
    return five.state();
  }

  private static MergeState knowing5Workers() {
    MergedWeights weights = MergedWeights.initial(new float[] {0.1f, 100});
    return new MergeState(
        weights,
        new float[2],
        Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L, 4, 0L),
        TypicalChange.UNKNOWN,
        DroppedSteps.NONE);
  }

  @Test
  void theTimerClosesARoundWithoutTheLateAndWhoMissesManyIsNotWaitedFor() {
    introduceWorkers1And2();

    for (int n = 0; n < 3; n++) {
      assertThat(merge.offer(1, change(2 + n, 2 + n, 1, 1, 0))).isEmpty();
      assertThat(merge.close()).isPresent();
    }

    assertThat(merge.offer(1, change(5, 5, 1, 1, 0))).isPresent();
    assertThat(merge.close()).isEmpty();
  }

  @Test
  void aSecondComingIsIgnoredAndCounted() {
    Change change = change(0, 1, 1, 1, 1);
    MergedWeights next = merge.offer(1, change).orElseThrow();

    assertThat(merge.offer(1, change)).isEmpty();
    assertThat(merge.duplicates()).isEqualTo(1);
    assertThat(merge.weights()).isSameAs(next);
    assertThat(merge.close()).isEmpty();
  }

  @Test
  void aMissingChangeIsAnErrorByName() {
    merge.offer(1, change(0, 1, 1, 1, 1));

    assertThatThrownBy(() -> merge.offer(1, change(0, 3, 1, 1, 1)))
        .isInstanceOf(BrokenSequenceException.class)
        .hasMessage("update rejected: field=sequence, expected=2, actual=3, worker=1."
            + " Reset learn and merge together.");
  }

  @Test
  void aBaseFromTheFutureIsAnErrorByName() {
    assertThatThrownBy(() -> merge.offer(1, change(4, 1, 1, 1, 1)))
        .hasMessage("update rejected: field=baseVersion, expected=at most 0, actual=4, worker=1."
            + " Reset learn and merge together.");
  }

  @Test
  void anotherModelsChangeIsAnErrorByName() {
    assertThatThrownBy(() -> merge.offer(1, change(0, 1, 1, 1, 1, 1)))
        .hasMessage("update rejected: field=length, expected=2, actual=3, worker=1."
            + " Reset the learner or fix the model's settings.");
  }

  @Test
  void aStaleChangeIsDroppedCountedAndAcknowledged() {
    for (int n = 0; n < 4; n++) {
      merge.offer(1, change(n, n + 1, 1, 1, 0));
    }
    float[] before = merge.weights().values();

    merge.offer(2, change(1, 1, 9, 5, 5));
    MergedWeights next = merge.close().orElseThrow();

    assertThat(next.values()).isEqualTo(before);
    assertThat(next.version()).isEqualTo(5);
    assertThat(next.sequenceOf(2)).isEqualTo(1);
    assertThat(next.stepsLearned()).isEqualTo(4);
    assertThat(merge.dropped()).isEqualTo(DroppedSteps.NONE.plus(DropReason.STALE_CHANGE, 9));
  }

  @Test
  void aChangeAsOldAsMayBeIsMerged() {
    for (int n = 0; n < 3; n++) {
      merge.offer(1, change(n, n + 1, 1, 1, 0));
    }

    merge.offer(2, change(1, 1, 9, 5, 5));

    assertThat(merge.openSteps()).isEqualTo(9);
  }

  @Test
  void aChangeThatIsNotFiniteNeverReachesTheWeights() {
    MergedWeights next = merge.offer(1, change(0, 1, 6, Float.NaN, 1)).orElseThrow();

    assertThat(next.values()).containsExactly(0.1f, 100);
    assertThat(merge.dropped().of(DropReason.NON_FINITE_CHANGE)).isEqualTo(6);
  }

  @Test
  void aSumThatOverflowsNeverReachesTheWeights() {
    merge.offer(1, change(0, 1, 6, 3e38f, 1));
    MergedWeights next = merge.offer(1, change(1, 2, 4, 3e38f, 1)).orElseThrow();

    assertThat(next.values()).containsExactly(3e38f, 101);
    assertThat(merge.dropped().of(DropReason.NON_FINITE_CHANGE)).isEqualTo(4);
    assertThat(next.stepsLearned()).isEqualTo(6);
  }

  @Test
  void aChangeFarLongerThanUsualIsDropped() {
    long sequence = offerUsualChanges(30);

    merge.offer(1, change(sequence, sequence + 1, 1, 1000, 0));

    assertThat(merge.dropped()).isEqualTo(DroppedSteps.NONE.plus(DropReason.EXPLODING_CHANGE, 1));
  }

  @Test
  void aLongerChangeOfManyMoreStepsIsNotAnExplosion() {
    long sequence = offerUsualChanges(30);

    merge.offer(1, change(sequence, sequence + 1, 1000, 1000, 0));

    assertThat(merge.dropped()).isEqualTo(DroppedSteps.NONE);
  }

  @Test
  void whenChangesStayLongThatBecomesUsual() {
    long sequence = offerUsualChanges(30);

    int tries = 0;
    do {
      merge.offer(1, change(sequence, ++sequence, 1, 1000, 0));
      tries++;
    } while (merge.weights().values()[0] < 1000 && tries < 200);

    assertThat(tries).isBetween(10, 100);
  }

  private long offerUsualChanges(int count) {
    for (int n = 0; n < count; n++) {
      merge.offer(1, change(n, n + 1, 1, n % 2 == 0 ? 1 : -1, 0));
    }
    return count;
  }

  @Test
  void theOuterStepWithMomentumIsNesterovs() {
    Merge outer = merge(new MergeSettings(2, 0.7, 0.9, 3, 10));
    double velocity = 0;
    double value = 0.1;
    for (int n = 0; n < 5; n++) {
      float delta = 0.5f - 0.3f * n;
      outer.offer(1, change(n, n + 1, 1, delta, 0));
      velocity = 0.9 * velocity + delta;
      value += 0.7 * (delta + 0.9 * velocity);
      assertThat((double) outer.weights().values()[0]).isCloseTo(value, within(1e-6));
    }
  }

  @Test
  void aRollbackIsANewVersionWithOldValues() {
    MergedWeights good = merge.offer(1, change(0, 1, 3, 1, 1)).orElseThrow();
    merge.offer(1, change(1, 2, 5, 50, 50));
    merge.offer(2, change(1, 1, 7, 1, 1));

    MergedWeights back = merge.rollback(good);

    assertThat(back.version()).isEqualTo(3);
    assertThat(back.values()).isEqualTo(good.values());
    assertThat(back.rollback()).isEqualTo(new Rollback(3, 1));
    assertThat(back.stepsLearned()).isEqualTo(3);
    assertThat(back.sequences()).containsEntry(1, 2L).containsEntry(2, 1L);
    assertThat(merge.dropped()).isEqualTo(DroppedSteps.NONE.plus(DropReason.ROLLED_BACK, 12));
  }

  @Test
  void aChangeFromBeforeARollbackIsDroppedHoweverNewItIs() {
    MergedWeights good = merge.weights();
    merge.offer(1, change(0, 1, 3, 1, 1));
    merge.rollback(good);

    MergedWeights next = merge.offer(1, change(1, 2, 4, 1, 1)).orElseThrow();

    assertThat(next.values()).isEqualTo(good.values());
    assertThat(next.rollback()).isEqualTo(new Rollback(2, 0));
    assertThat(merge.dropped().of(DropReason.ROLLED_BACK)).isEqualTo(7);
  }

  @Test
  void foreignWeightsAreTheNextVersionAndWhatWasLearnedIsAccountedFor() {
    introduceWorkers1And2();
    merge.offer(1, change(2, 2, 10, 1, 0));

    MergedWeights imported = merge.replace(new float[] {7, 8});
    MergedWeights next = merge.offer(1, change(2, 3, 5, 1, 1)).or(merge::close).orElseThrow();

    assertThat(imported.version()).isEqualTo(3);
    assertThat(imported.values()).containsExactly(7, 8);
    assertThat(imported.stepsLearned()).isZero();
    assertThat(imported.loss()).isNaN();
    assertThat(imported.rollback()).isEqualTo(new Rollback(3, 3));
    assertThat(imported.sequences()).containsEntry(1, 2L).containsEntry(2, 1L);
    assertThat(next.values()).as("of a change from before").containsExactly(7, 8);
    assertThat(merge.dropped()).isEqualTo(DroppedSteps.NONE.plus(DropReason.ROLLED_BACK, 17));
  }

  @Test
  void afterForeignWeightsChangesMayBeOfAnyLength() {
    int base = (int) offerUsualChanges(30);
    merge.replace(new float[] {7, 8});

    MergedWeights next = merge.offer(1, change(base + 1, base + 1, 1, 500, 0)).orElseThrow();

    assertThat(next.values()).containsExactly(507, 8);
  }

  @Test
  void aMergeRestartedInTheMiddleOfARoundComesToTheSameWeights() {
    introduceWorkers1And2();
    merge.offer(1, change(2, 2, 10, 1, 0));
    merge.offer(1, change(2, 3, 20, Float.NaN, 0));
    Merge restarted = new Merge(SETTINGS, merge.state());
    merge.open().forEach(offer -> restarted.offer(offer.worker(), offer.change()));

    Change last = change(2, 2, 7, 0.3f, 4);

    assertThat(restarted.dropped()).isEqualTo(merge.dropped());
    MergedWeights expected = merge.offer(2, last).orElseThrow();
    MergedWeights actual = restarted.offer(2, last).orElseThrow();
    assertThat(actual.values()).isEqualTo(expected.values());
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }
}
