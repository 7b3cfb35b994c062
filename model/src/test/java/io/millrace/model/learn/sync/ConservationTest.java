package io.millrace.model.learn.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.optimizer.OptimizerSettings;
import io.millrace.model.learn.optimizer.OptimizerSettings.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every step learned is merged, dropped under a reason, or still on its way: at every moment, in every interleaving. */
class ConservationTest {
  private static final MergeSettings PLAIN = new MergeSettings(5, 1, 0, 4, 20);
  private static final MergeSettings NESTEROV = new MergeSettings(5, 0.7, 0.9, 4, 20);

  /** Workers and a merge, with everything between them late by chance. One worker's records keep their order. */
  private static final class Exchange {
    private final LeastSquares toy = new LeastSquares(1);
    private final MergeSettings mergeSettings;
    private final ReplicaSettings replicaSettings =
        new ReplicaSettings(OptimizerSettings.of(Kind.SGD, 0.02), 4);
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Deque<Change>> changes = new ArrayList<>();
    private final List<Change> delivered = new ArrayList<>();
    private final List<MergedWeights> versions = new ArrayList<>();
    private final float[] gradient = new float[LeastSquares.SIZE];
    private final Random random;
    private Merge merge;
    private long learned;

    Exchange(int workers, MergeSettings settings, long seed) {
      MergedWeights initial = MergedWeights.initial(new float[LeastSquares.SIZE]);
      mergeSettings = settings;
      random = new Random(seed);
      merge = new Merge(settings, MergeState.initial(initial));
      versions.add(initial);
      for (int worker = 0; worker < workers; worker++) {
        replicas.add(new Replica(worker, replicaSettings, initial));
        changes.add(new ArrayDeque<>());
        delivered.add(null);
      }
    }

    void learn(int worker, boolean faulty) {
      BatchLoss loss = toy.batch(replicas.get(worker).values(), random, gradient);
      if (faulty) {
        gradient[random.nextInt(gradient.length)] = Float.NaN;
      }
      replicas.get(worker).learn(gradient, 1, loss);
      learned += loss.steps();
    }

    void cut(int worker, boolean faulty) {
      replicas.get(worker).cut().ifPresent(change -> {
        if (faulty) {
          Arrays.fill(change.delta(), Float.POSITIVE_INFINITY);
        }
        changes.get(worker).add(change);
      });
    }

    void deliver(int worker) {
      Change change = changes.get(worker).poll();
      if (change != null) {
        delivered.set(worker, change);
        keep(merge.offer(worker, change));
      }
    }

    void deliverAgain(int worker) {
      if (delivered.get(worker) != null) {
        assertThat(merge.offer(worker, delivered.get(worker))).isEmpty();
      }
    }

    void close() {
      keep(merge.close());
    }

    private void keep(Optional<MergedWeights> version) {
      version.ifPresent(versions::add);
    }

    void rollback() {
      versions.add(merge.rollback(versions.get(random.nextInt(versions.size()))));
    }

    /** Any of the newest versions, older ones after newer ones too. */
    void rebase(int worker) {
      int newest = versions.size() - 1;
      replicas.get(worker).rebase(versions.get(Math.max(0, newest - random.nextInt(3))));
    }

    void restart(int worker) {
      Replica old = replicas.get(worker);
      replicas.set(worker, Replica.restored(worker, replicaSettings, old.snapshot()));
    }

    void restartMerge() {
      Merge restarted = new Merge(mergeSettings, merge.state());
      merge.open().forEach(offer -> restarted.offer(offer.worker(), offer.change()));
      merge = restarted;
    }

    void expectConserved() {
      long onTheirWay =
          changes.stream().flatMap(Deque::stream).mapToLong(Change::steps).sum();
      long uncut =
          replicas.stream().mapToLong(replica -> replica.uncut().steps()).sum();
      long droppedByReplicas =
          replicas.stream().mapToLong(replica -> replica.dropped().total()).sum();
      long merged =
          merge.weights().stepsLearned() + merge.openSteps() + merge.dropped().total();
      assertThat(merged + onTheirWay + uncut + droppedByReplicas).isEqualTo(learned);
    }

    void settle() {
      for (int pass = 0; pass < 20; pass++) {
        for (int worker = 0; worker < replicas.size(); worker++) {
          cut(worker, false);
          while (!changes.get(worker).isEmpty()) {
            deliver(worker);
          }
        }
        close();
        replicas.forEach(replica -> replica.rebase(merge.weights()));
      }
    }
  }

  static Stream<Arguments> runs() {
    return IntStream.of(1, 2, 4)
        .boxed()
        .flatMap(workers -> Stream.of(PLAIN, NESTEROV)
            .flatMap(settings ->
                IntStream.range(51, 56).mapToObj(seed -> Arguments.of(workers, settings, seed))));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyStepIsAccountedForAtEveryMoment(int workers, MergeSettings settings, int seed) {
    Exchange exchange = new Exchange(workers, settings, seed);
    Random random = new Random(seed);

    for (int n = 0; n < 5000; n++) {
      int worker = random.nextInt(workers);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> exchange.learn(worker, random.nextInt(50) == 0);
        case 3, 4 -> exchange.cut(worker, random.nextInt(50) == 0);
        case 5, 6 -> exchange.deliver(worker);
        case 7, 8 -> exchange.rebase(worker);
        case 9 -> exchange.close();
        case 10 -> exchange.deliverAgain(worker);
        default -> seldom(exchange, worker, random);
      }
      exchange.expectConserved();
    }
    exchange.settle();

    exchange.expectConserved();
    assertThat(exchange.merge.weights().stepsLearned() + dropped(exchange))
        .isEqualTo(exchange.learned);
    assertThat(exchange.merge.weights().stepsLearned()).isPositive();
    assertThat(exchange.merge.dropped().of(DropReason.NON_FINITE_CHANGE)).isPositive();
    assertThat(exchange.merge.dropped().of(DropReason.ROLLED_BACK)).isNotZero();
  }

  private static void seldom(Exchange exchange, int worker, Random random) {
    switch (random.nextInt(20)) {
      case 0 -> exchange.rollback();
      case 1, 2 -> exchange.restartMerge();
      default -> exchange.restart(worker);
    }
  }

  private static long dropped(Exchange exchange) {
    return exchange.merge.dropped().total()
        + exchange.replicas.stream()
            .mapToLong(replica -> replica.dropped().total())
            .sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {61, 62, 63})
  void whenAllIsToldEveryReplicaStandsOnTheWeights(int seed) {
    Exchange exchange = new Exchange(4, PLAIN, seed);
    Random random = new Random(seed);
    for (int n = 0; n < 3000; n++) {
      int worker = random.nextInt(4);
      exchange.learn(worker, false);
      exchange.cut(worker, false);
      exchange.deliver(random.nextInt(4));
      exchange.rebase(random.nextInt(4));
    }

    exchange.settle();

    float[] weights = exchange.merge.weights().values();
    assertThat(exchange.replicas)
        .allSatisfy(replica -> assertThat(replica.values())
            .usingComparatorWithPrecision(1e-5f)
            .containsExactly(weights));
  }

  @ParameterizedTest
  @ValueSource(ints = {71, 72, 73})
  void fourWorkersLearnAsWellAsOne(int seed) {
    double alone = excessAfterRounds(1, 4 * 400, seed);
    double together = excessAfterRounds(4, 400, seed);

    assertThat(alone).isLessThan(2e-2);
    assertThat(together).isLessThan(2e-2);
  }

  /** The same number of steps either way. */
  private static double excessAfterRounds(int workers, int rounds, int seed) {
    Exchange exchange = new Exchange(workers, PLAIN, seed);
    for (int round = 0; round < rounds; round++) {
      for (int worker = 0; worker < workers; worker++) {
        exchange.learn(worker, false);
        exchange.cut(worker, false);
        exchange.deliver(worker);
        exchange.rebase(worker);
      }
    }
    exchange.settle();
    return exchange.toy.excess(exchange.merge.weights().values());
  }
}
