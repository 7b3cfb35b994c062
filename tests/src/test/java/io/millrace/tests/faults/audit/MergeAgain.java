package io.millrace.tests.faults.audit;

import io.millrace.model.learn.sync.BrokenSequenceException;
import io.millrace.model.learn.sync.Merge;
import io.millrace.model.learn.sync.MergeState;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Offer;
import io.millrace.model.learn.sync.RollbackGuard;
import io.millrace.model.learn.sync.RollbackState;
import io.millrace.topology.merge.MergeStageSettings;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Merges the updates once more, in the rounds that the versions say: each must come out bit for bit. */
final class MergeAgain {
  private final Findings findings;
  private final Merge merge;
  private final RollbackGuard guard;

  /** By worker, updates that no version holds. */
  private final Map<Integer, Deque<Offer>> waiting = new TreeMap<>();

  private Optional<MergedWeights> rolledBack = Optional.empty();

  MergeAgain(MergeStageSettings settings, MergedWeights initial, Findings findings) {
    this.findings = findings;
    this.merge = new Merge(settings.merge(), MergeState.initial(initial));
    this.guard = new RollbackGuard(settings.rollback(), RollbackState.initial(initial));
  }

  void update(Offer offer) {
    waiting.computeIfAbsent(offer.worker(), worker -> new ArrayDeque<>()).add(offer);
  }

  /** Steps of updates that no version holds. */
  long waitingSteps() {
    return waiting.values().stream()
        .flatMap(Deque::stream)
        .mapToLong(offer -> offer.change().steps())
        .sum();
  }

  long droppedSteps() {
    return merge.dropped().total();
  }

  void version(MergedWeights published) {
    MergedWeights again = rolledBack.isPresent() ? rolledBack.get() : round(published);
    rolledBack = Optional.empty();
    if (again == null
        || again.version() != published.version()
        || again.stepsLearned() != published.stepsLearned()
        || !Arrays.equals(again.values(), published.values())) {
      findings.mismatch(
          "version differs from its updates merged again: version=" + published.version()
              + ", steps=" + published.stepsLearned() + ", expected="
              + (again == null ? "none" : again.version() + " with " + again.stepsLearned()));
    }
  }

  /** The worker that closed the round has the fewest updates in it: it comes last. */
  private MergedWeights round(MergedWeights published) {
    MergedWeights before = merge.weights();
    Map<Integer, List<Offer>> round = new HashMap<>();
    published.sequences().forEach((worker, sequence) -> round.put(worker, take(worker, sequence)));
    List<Offer> offers = round.values().stream()
        .sorted(Comparator.comparingInt((List<Offer> list) -> list.size()).reversed())
        .flatMap(List::stream)
        .collect(Collectors.toList());
    Optional<MergedWeights> after = Optional.empty();
    try {
      for (Offer offer : offers) {
        after = merge.offer(offer.worker(), offer.change());
      }
    } catch (BrokenSequenceException e) {
      findings.mismatch(e.getMessage());
    }
    if (after.isEmpty()) {
      after = merge.close();
    }
    after
        .flatMap(weights -> guard.observe(before, weights))
        .ifPresent(good -> rolledBack = Optional.of(merge.rollback(good)));
    return after.orElse(null);
  }

  private List<Offer> take(int worker, long sequence) {
    Deque<Offer> mine = waiting.getOrDefault(worker, new ArrayDeque<>());
    List<Offer> taken =
        mine.stream().filter(offer -> offer.change().sequence() <= sequence).toList();
    mine.removeAll(taken);
    return taken;
  }
}
