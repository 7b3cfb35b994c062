package io.millrace.model.learn.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.optimizer.OptimizerSettings;
import io.millrace.model.learn.optimizer.OptimizerSettings.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaTest {
  /** Of plain steps, so that the figures below can be followed by eye. */
  private static final OptimizerSettings PLAIN =
      OptimizerSettings.of(Kind.SGD, 1).withMomentum(0).withClipNorm(OptimizerSettings.NO_CLIPPING);

  private static final MergedWeights START = MergedWeights.initial(new float[] {1, 2});
  private static final Rollback NEVER = Rollback.NONE;

  private final Replica replica = new Replica(0, new ReplicaSettings(PLAIN, 3), START);

  private Learned learn(float first, float second) {
    return replica.learn(new float[] {first, second}, 1, new BatchLoss(1, 0.5));
  }

  private static MergedWeights weights(
      long version, long sequence, Rollback rollback, float... values) {
    return new MergedWeights(version, values, Map.of(0, sequence), 0, 0, rollback);
  }

  @Test
  void aBatchIsFollowedAtOnceByItsMean() {
    Learned learned = replica.learn(new float[] {4, -8}, 2, new BatchLoss(4, 10));

    assertThat(learned).isEqualTo(Learned.WHOLE);
    assertThat(replica.values()).containsExactly(0, 4);
    assertThat(replica.uncut()).isEqualTo(new Tally(2, 4, 10));
  }

  @Test
  void aChangeHoldsWhatWasLearnedSinceTheLastOne() {
    learn(1, 0);
    Change first = replica.cut().orElseThrow();
    learn(0, 1);
    learn(0, 1);
    Change second = replica.cut().orElseThrow();

    assertThat(first.delta()).containsExactly(-1, 0);
    assertThat(second.delta()).containsExactly(0, -2);
    assertThat(second.sequence()).isEqualTo(2);
    assertThat(second.tally()).isEqualTo(new Tally(2, 2, 1));
    assertThat(replica.cut()).isEmpty();
  }

  @Test
  void onNewWeightsItStandsWithAllTheyDoNotHold() {
    learn(1, 0);
    replica.cut();
    learn(0, 1);
    replica.cut();
    learn(0.5f, 0.5f);

    replica.rebase(weights(1, 1, NEVER, 10, 20));

    assertThat(replica.values()).containsExactly(9.5f, 18.5f);
    assertThat(replica.cut().orElseThrow().delta()).containsExactly(-0.5f, -0.5f);
  }

  @Test
  void whatTheMergeDroppedIsLeftBehind() {
    learn(1, 0);
    replica.cut();

    replica.rebase(weights(1, 1, NEVER, 1, 2));

    assertThat(replica.values()).containsExactly(1, 2);
  }

  @Test
  void olderWeightsArePassedOver() {
    replica.rebase(weights(5, 0, NEVER, 10, 20));
    replica.rebase(weights(4, 0, NEVER, -1, -1));
    replica.rebase(weights(5, 0, NEVER, -1, -1));

    assertThat(replica.values()).containsExactly(10, 20);
  }

  @Test
  void nothingCrossesARollbackEvenWhenItsOwnVersionWasNeverSeen() {
    learn(1, 0);
    replica.cut();
    replica.learn(new float[] {0, 1}, 1, new BatchLoss(1, 1));

    replica.rebase(weights(7, 0, new Rollback(6, 2), 10, 20));

    assertThat(replica.values()).containsExactly(10, 20);
    assertThat(replica.dropped()).isEqualTo(DroppedSteps.NONE.plus(DropReason.ROLLED_BACK, 1));
    learn(1, 0);
    assertThat(replica.cut().orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(new Change(7, 2, new Tally(1, 1, 0.5), new float[] {-1, 0}));
  }

  @Test
  void aRollbackForgetsTheMoments() {
    OptimizerSettings heavy = PLAIN.withMomentum(0.5);
    Replica moving = new Replica(0, new ReplicaSettings(heavy, 3), START);
    moving.learn(new float[] {8, 8}, 1, new BatchLoss(1, 0));

    moving.rebase(weights(1, 0, new Rollback(1, 0), 1, 2));
    moving.learn(new float[] {1, 1}, 1, new BatchLoss(1, 0));

    assertThat(moving.values()).containsExactly(0, 1);
  }

  @Test
  void aGradientThatIsNotFiniteIsDroppedAndCounted() {
    learn(1, 0);
    ReplicaState before = replica.snapshot();

    Learned learned = replica.learn(new float[] {Float.NaN, 0}, 1, new BatchLoss(5, 1));

    assertThat(learned).isEqualTo(Learned.DROPPED);
    assertThat(replica.dropped().of(DropReason.NON_FINITE_GRADIENT)).isEqualTo(5);
    assertThat(replica.snapshot())
        .usingRecursiveComparison()
        .ignoringFields("dropped")
        .isEqualTo(before);
  }

  @Test
  void aLossThatIsNotFiniteDropsItsGradientToo() {
    Learned learned = replica.learn(new float[] {1, 0}, 1, new BatchLoss(5, Double.NaN));

    assertThat(learned).isEqualTo(Learned.DROPPED);
    assertThat(replica.values()).containsExactly(1, 2);
  }

  @Test
  void aReplicaThatDivergedGoesBackToWhatItPublished() {
    learn(1, 0);
    replica.cut();
    Replica wild = Replica.restored(
        0,
        new ReplicaSettings(
            OptimizerSettings.of(Kind.SGD, 1e30).withClipNorm(OptimizerSettings.NO_CLIPPING), 3),
        replica.snapshot());

    Learned learned = wild.learn(new float[] {1e17f, 0}, 1, new BatchLoss(7, 1));

    assertThat(learned).isEqualTo(Learned.DIVERGED);
    assertThat(wild.values()).containsExactly(0, 2);
    assertThat(wild.dropped()).isEqualTo(DroppedSteps.NONE.plus(DropReason.DIVERGED_REPLICA, 7));
    assertThat(wild.cut()).isEmpty();
  }

  @Test
  void aBatchWithoutASingleTargetTeachesNothingAndIsNotForgotten() {
    Learned learned = replica.learn(new float[2], 3, new BatchLoss(0, 0));

    assertThat(learned).isEqualTo(Learned.NOTHING);
    assertThat(replica.cut()).isEmpty();
    learn(1, 0);
    assertThat(replica.cut().orElseThrow().tally()).isEqualTo(new Tally(4, 1, 0.5));
  }

  @Test
  void itWaitsForWeightsWhenTooManyChangesAreOnTheirWay() {
    for (int n = 0; n < 3; n++) {
      learn(1, 0);
      replica.cut();
    }
    learn(1, 0);

    assertThat(replica.mayCut()).isFalse();
    assertThat(replica.cut()).isEmpty();

    replica.rebase(weights(1, 1, NEVER, 0, 2));
    assertThat(replica.cut().orElseThrow().sequence()).isEqualTo(4);
  }

  @Test
  void weightsWithChangesItNeverMadeAreRefused() {
    assertThatThrownBy(() -> replica.rebase(weights(1, 9, NEVER, 0, 2)))
        .isInstanceOf(BrokenSequenceException.class)
        .hasMessage("weights rejected: field=sequence, expected=at most 0, actual=9, worker=0."
            + " Reset learn and merge together.");
  }

  @Test
  void aFreshReplicaTakesUpTheNumberThatTheWeightsExpect() {
    Replica late = new Replica(0, new ReplicaSettings(PLAIN, 3), weights(5, 9, NEVER, 0, 2));
    late.learn(new float[] {1, 0}, 1, new BatchLoss(1, 0));

    Change change = late.cut().orElseThrow();

    assertThat(change.sequence()).isEqualTo(10);
    assertThat(change.baseVersion()).isEqualTo(5);
  }
}
