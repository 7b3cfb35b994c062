package io.millrace.tests.faults.audit;

import io.millrace.model.learn.sync.BrokenSequenceException;
import io.millrace.model.learn.sync.Merge;
import io.millrace.model.learn.sync.MergeState;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Offer;
import io.millrace.model.learn.sync.RollbackGuard;
import io.millrace.model.learn.sync.RollbackState;
import io.millrace.topology.merge.MergeStageSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Merges the updates once more, in the rounds that the versions say: each must come out bit for bit. */
final class MergeAgain {
  private final Findings findings;
  private final Merge merge;
  private final RollbackGuard guard;

  /** Updates that no version holds, in the order in which they came: the last of a round is the one that closed it. */
  private final List<Offer> waiting = new ArrayList<>();

  private Optional<MergedWeights> rolledBack = Optional.empty();

  MergeAgain(MergeStageSettings settings, MergedWeights initial, Findings findings) {
    this.findings = findings;
    this.merge = new Merge(settings.merge(), MergeState.initial(initial));
    this.guard = new RollbackGuard(settings.rollback(), RollbackState.initial(initial));
  }

  void update(Offer offer) {
    waiting.add(offer);
  }

  /** Steps of updates that no version holds. */
  long waitingSteps() {
    return waiting.stream().mapToLong(offer -> offer.change().steps()).sum();
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

  private MergedWeights round(MergedWeights published) {
    MergedWeights before = merge.weights();
    Optional<MergedWeights> after = Optional.empty();
    try {
      for (Offer offer : take(published)) {
        after = merge.offer(offer.worker(), offer.change());
      }
    } catch (BrokenSequenceException e) {
      findings.mismatch(e.getMessage());
    }
    if (after.isEmpty()) {
      after = merge.close(); // by the timer, without those who were late
    }
    after
        .flatMap(weights -> guard.observe(before, weights))
        .ifPresent(good -> rolledBack = Optional.of(merge.rollback(good)));
    return after.orElse(null);
  }

  private List<Offer> take(MergedWeights published) {
    List<Offer> taken = waiting.stream()
        .filter(offer -> offer.change().sequence() <= published.sequenceOf(offer.worker()))
        .toList();
    waiting.removeAll(taken);
    return taken;
  }
}
