package io.millrace.model.learn.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.optimizer.GradientGuard;
import io.millrace.model.learn.optimizer.Optimizer;
import io.millrace.model.learn.optimizer.OptimizerSettings;
import io.millrace.model.learn.optimizer.OptimizerSettings.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One worker is sequential SGD, bit for bit, however long its changes and their acknowledgements are on the way. */
class OneWorkerTest {
  private static final int UPDATES = 600;
  private static final int WORKER = 3;

  private final LeastSquares toy = new LeastSquares(1);
  private final float[] gradient = new float[LeastSquares.SIZE];

  private static OptimizerSettings adam() {
    return OptimizerSettings.of(Kind.ADAM, 0.05);
  }

  /** Far from the target, on both sides of it: only changes across zero are rounded, and could betray the exchange. */
  private static float[] start() {
    Random random = new Random(4);
    float[] values = new float[LeastSquares.SIZE];
    for (int n = 0; n < values.length; n++) {
      values[n] = 3 * (float) random.nextGaussian();
    }
    return values;
  }

  private float[] sequential(OptimizerSettings settings) {
    Optimizer optimizer = new Optimizer(settings, LeastSquares.SIZE);
    GradientGuard guard = new GradientGuard(settings.clipNorm());
    float[] values = start();
    Random random = new Random(2);
    for (int n = 0; n < UPDATES; n++) {
      BatchLoss loss = toy.batch(values, random, gradient);
      guard.admit(gradient, loss.steps());
      optimizer.step(values, gradient);
    }
    return values;
  }

  /** The replica, the merge, and what is on the way between them. */
  private final class Line {
    private final ReplicaSettings settings;
    private final Merge merge;
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Deque<MergedWeights> weights = new ArrayDeque<>();
    private final Random data = new Random(2);
    private Replica replica;

    Line(OptimizerSettings optimizer, int maxInFlight) {
      MergedWeights initial = MergedWeights.initial(start());
      settings = new ReplicaSettings(optimizer, maxInFlight);
      merge = new Merge(MergeSettings.DEFAULTS, MergeState.initial(initial));
      replica = new Replica(WORKER, settings, initial);
    }

    void learn() {
      BatchLoss loss = toy.batch(replica.values(), data, gradient);
      replica.learn(gradient, 1, loss);
    }

    void cut() {
      replica.cut().ifPresent(changes::add);
    }

    void deliver(int changesLeft, int weightsLeft) {
      while (changes.size() > changesLeft) {
        merge.offer(WORKER, changes.remove()).ifPresent(weights::add);
      }
      while (weights.size() > weightsLeft) {
        replica.rebase(weights.remove());
      }
    }

    void restart() {
      replica = Replica.restored(WORKER, settings, replica.snapshot());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyOptimizerLearnsAsIfNobodyElseWere(Kind kind) {
    OptimizerSettings optimizer = OptimizerSettings.of(kind, 0.05);
    Line line = new Line(optimizer, 4);

    for (int n = 0; n < UPDATES; n++) {
      line.learn();
      line.cut();
      line.deliver(1, 1);
    }

    assertThat(line.replica.values()).isEqualTo(sequential(optimizer));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "1, 1, 0", "3, 0, 2", "7, 2, 3", "50, 5, 5", "1, 8, 8"})
  void noDelayShows(int updatesPerChange, int changesOnTheWay, int weightsOnTheWay) {
    Line line = new Line(adam(), 17);

    for (int n = 1; n <= UPDATES; n++) {
      line.learn();
      if (n % updatesPerChange == 0) {
        line.cut();
      }
      line.deliver(changesOnTheWay, weightsOnTheWay);
    }

    assertThat(line.replica.values()).isEqualTo(sequential(adam()));
    assertThat(line.merge.weights().version()).isPositive();
    assertThat(line.merge.dropped()).isEqualTo(DroppedSteps.NONE);
  }

  @ParameterizedTest
  @CsvSource({"11", "12", "13", "14"})
  void noIrregularDelayAndNoRestartShows(long seed) {
    Line line = new Line(adam(), 5);
    Random random = new Random(seed);

    for (int n = 0; n < UPDATES; n++) {
      line.learn();
      if (random.nextInt(3) == 0) {
        line.cut();
      }
      line.deliver(random.nextInt(6), random.nextInt(6));
      if (random.nextInt(20) == 0) {
        line.restart();
      }
    }

    assertThat(line.replica.values()).isEqualTo(sequential(adam()));
  }

  @Test
  void changesThatARoundAddsUpMakeTheSameWeightsAsOneRoundEach() {
    Line line = new Line(adam(), 8);
    MergedWeights initial = line.merge.weights();
    Merge waiting = new Merge(
        MergeSettings.DEFAULTS,
        new MergeState(
            initial,
            new float[LeastSquares.SIZE],
            Map.of(9, 0L),
            TypicalChange.UNKNOWN,
            DroppedSteps.NONE));
    for (int n = 0; n < 5; n++) {
      line.learn();
      line.cut();
    }
    for (Change change : List.copyOf(line.changes)) {
      assertThat(waiting.offer(WORKER, change)).isEmpty();
    }
    line.deliver(0, 0);

    assertThat(waiting.close().orElseThrow().values())
        .isEqualTo(line.merge.weights().values());
  }

  @Test
  void atTheEndTheWeightsAreTheReplicaToWithinARounding() {
    Line line = new Line(adam(), 4);
    for (int n = 0; n < UPDATES; n++) {
      line.learn();
      line.cut();
      line.deliver(0, 0);
    }

    assertThat(line.merge.weights().values())
        .usingComparatorWithPrecision(2e-7f)
        .containsExactly(line.replica.values());
    assertThat(line.merge.weights().stepsLearned()).isEqualTo(8L * UPDATES);
  }
}
