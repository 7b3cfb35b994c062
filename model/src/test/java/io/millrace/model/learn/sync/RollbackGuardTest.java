package io.millrace.model.learn.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollbackGuardTest {
  private static final long STEPS = 100;
  private static final RollbackSettings SETTINGS = new RollbackSettings(1, 1000, 20_000);

  private MergedWeights weights = MergedWeights.initial(new float[1]);
  private RollbackGuard guard = new RollbackGuard(SETTINGS, RollbackState.initial(weights));

  /** A round of 100 steps at this loss. */
  private Optional<MergedWeights> round(double loss) {
    MergedWeights before = weights;
    weights = new MergedWeights(
        before.version() + 1,
        new float[1],
        Map.of(),
        before.stepsLearned() + STEPS,
        loss,
        before.rollback());
    return guard.observe(before, weights);
  }

  private void rounds(int count, double loss) {
    for (int n = 0; n < count; n++) {
      assertThat(round(loss)).isEmpty();
    }
  }

  /** Rounds until the guard wants to go back. */
  private MergedWeights backAtLoss(double loss) {
    for (int n = 0; n < 100; n++) {
      Optional<MergedWeights> back = round(loss);
      if (back.isPresent()) {
        return back.get();
      }
    }
    throw new AssertionError("never went back at a loss of " + loss);
  }

  private void goBackTo(MergedWeights good) {
    long version = weights.version() + 1;
    Rollback rollback = new Rollback(version, good.version());
    MergedWeights bad = weights;
    weights = new MergedWeights(
        version, good.values(), Map.of(), good.stepsLearned(), good.loss(), rollback);
    assertThat(guard.observe(bad, weights)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45})
  void aNoisyLossThatFallsNeverTriggers(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 20_000; n++) {
      double level = 2 * Math.exp(-n / 2000.0) - 0.5;
      assertThat(round(level + random.nextGaussian())).as("round %d", n).isEmpty();
    }
  }

  @Test
  void anExplosionGoesBackToWeightsFromBeforeIt() {
    rounds(500, 0.2);
    long lastGood = weights.version();

    MergedWeights good = backAtLoss(80);

    assertThat(good.version()).isBetween(lastGood - 1, lastGood);
    assertThat(weights.stepsLearned() - good.stepsLearned()).isLessThan(2 * 1000);
  }

  @Test
  void aLossBelowZeroIsJudgedByTheSameDistance() {
    rounds(500, -3);

    assertThat(backAtLoss(-1).version()).isBetween(499L, 501L);
  }

  @Test
  void aBurstOfWildEventsIsNoReason() {
    rounds(500, 0.2);
    rounds(5, 1e6);
    rounds(500, 0.2);

    assertThat(guard.state().good().version()).isEqualTo(weights.version() - 1);
  }

  @Test
  void aRiseWithinTheThresholdBecomesUsual() {
    rounds(500, 0.2);
    rounds(1000, 1.1);
    rounds(500, 1.9);
  }

  @Test
  void whenTheStreamHasChangedItIsNotGoneBackTwice() {
    rounds(500, 0.2);
    goBackTo(backAtLoss(6));

    rounds(1000, 6);

    assertThat(guard.state().usual()).isGreaterThan(5.9);
    assertThat(guard.state().good().version()).isEqualTo(weights.version() - 1);
  }

  @Test
  void whenTheWeightsWereToBlameASecondExplosionIsSeenToo() {
    rounds(500, 0.2);
    goBackTo(backAtLoss(80));
    rounds(50, 0.2);
    long lastGood = weights.version();

    assertThat(backAtLoss(80).version()).isBetween(lastGood - 1, lastGood);
  }

  @Test
  void aRoundThatLearnedNothingSaysNothing() {
    rounds(500, 0.2);
    RollbackState before = guard.state();

    MergedWeights same =
        new MergedWeights(501, new float[1], Map.of(), weights.stepsLearned(), 1e9, Rollback.NONE);

    assertThat(guard.observe(weights, same)).isEmpty();
    assertThat(guard.state()).isSameAs(before);
  }

  @Test
  void aStateTakenMidwayGoesOnAlike() {
    rounds(500, 0.2);
    rounds(5, 80);
    RollbackGuard restored = new RollbackGuard(SETTINGS, guard.state());
    MergedWeights expected = backAtLoss(80);
    MergedWeights lastRound = weights;

    guard = restored;
    weights = new MergedWeights(505, new float[1], Map.of(), 505 * STEPS, 80, Rollback.NONE);

    assertThat(backAtLoss(80)).isSameAs(expected);
    assertThat(weights.version()).isEqualTo(lastRound.version());
  }

  @Test
  void aHorizonShorterThanThePatienceIsRefused() {
    assertThatThrownBy(() -> new RollbackSettings(1, 100, 100))
        .hasMessage("rollback settings rejected: field=horizon, expected=above 100, actual=100.");
  }
}
