package io.millrace.model.learn.sync;

import io.millrace.model.learn.optimizer.Norm;
import java.util.Optional;

/**
 * Whether a change may become part of the weights.
 *
 * @param dropped the reason why not; empty when it may
 * @param norm Euclidean norm of its delta
 */
record Judgement(Optional<DropReason> dropped, double norm) {

  static Judgement of(Change change, MergeState state, MergeSettings settings) {
    double norm = Norm.of(change.delta());
    return new Judgement(reasonAgainst(change, norm, state, settings), norm);
  }

  private static Optional<DropReason> reasonAgainst(
      Change change, double norm, MergeState state, MergeSettings settings) {
    MergedWeights weights = state.weights();
    if (change.baseVersion() < weights.rollback().version()) {
      return Optional.of(DropReason.ROLLED_BACK);
    }
    if (!Double.isFinite(norm) || !Double.isFinite(change.tally().lossSum())) {
      return Optional.of(DropReason.NON_FINITE_CHANGE);
    }
    if (change.baseVersion() < weights.version() - settings.maxStaleness()) {
      return Optional.of(DropReason.STALE_CHANGE);
    }
    if (state.typical().isExplodedBy(norm, change.steps(), settings.explosionLimit())) {
      return Optional.of(DropReason.EXPLODING_CHANGE);
    }
    return Optional.empty();
  }

  boolean isAdmitted() {
    return dropped.isEmpty();
  }

  /** An exploding change bears on what is usual; one that is foreign or not finite does not. */
  boolean tellsLength() {
    return dropped.isEmpty() || dropped.get() == DropReason.EXPLODING_CHANGE;
  }

  DroppedSteps countInto(DroppedSteps sum, long steps) {
    return dropped.map(reason -> sum.plus(reason, steps)).orElse(sum);
  }
}
