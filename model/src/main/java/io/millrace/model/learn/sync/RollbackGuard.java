package io.millrace.model.learn.sync;

import java.util.Optional;

/**
 * Watches the loss of the merged rounds, and remembers the weights to go back to. Holds one copy of the parameters.
 *
 * <p>The loss is that of each step before it was learned, so a round's loss judges the weights that the round began with. After a
 * rollback the good weights are on trial for {@code patience} steps: what they then lose is the usual loss from there on, however
 * high. If it was the stream that changed, and not the weights, they are not gone back to again and again. Weights that go bad a
 * second time within the trial pass for a changed stream.
 */
public final class RollbackGuard {
  /** A round counts as this many thresholds above the usual loss at most: a few wild events are no reason to go back. */
  private static final double CAP = 4;

  /** Weights are good while their loss is within this part of the threshold. */
  private static final double GOOD = 0.25;

  private final RollbackSettings settings;
  private RollbackState state;

  public RollbackGuard(RollbackSettings settings, RollbackState state) {
    this.settings = settings;
    this.state = state;
  }

  public RollbackState state() {
    return state;
  }

  /**
   * Judges a round.
   *
   * @param before the weights it began with
   * @param after the weights it led to
   * @return the weights to go back to, when it is time to
   */
  public Optional<MergedWeights> observe(MergedWeights before, MergedWeights after) {
    long steps = after.stepsLearned() - before.stepsLearned();
    if (steps <= 0) {
      return Optional.empty();
    }
    if (state.seen() == 0) {
      state = new RollbackState(before, after.loss(), after.loss(), steps, 0, 0);
      return Optional.empty();
    }
    if (state.trialLeft() > 0) {
      tryOn(after.loss(), steps);
      return Optional.empty();
    }
    double recent = recent(after.loss(), steps);
    if (recent <= state.usual() + settings.threshold()) {
      near(recent, steps, before);
      return Optional.empty();
    }
    return far(recent, steps);
  }

  /** The recent loss is the plain mean over the trial. */
  private void tryOn(double loss, long steps) {
    long tried = settings.patience() - state.trialLeft();
    double mean = state.recent() + (double) steps / (tried + steps) * (loss - state.recent());
    long left = Math.max(0, state.trialLeft() - steps);
    double usual = left == 0 ? Math.max(state.usual(), mean) : state.usual();
    state = new RollbackState(state.good(), mean, usual, state.seen() + steps, 0, left);
  }

  private double recent(double loss, long steps) {
    double capped = Math.min(loss, state.usual() + CAP * settings.threshold());
    return state.recent() + weight(steps, settings.patience()) * (capped - state.recent());
  }

  private double weight(long steps, long horizon) {
    double fading = -StrictMath.expm1(-(double) steps / horizon);
    return Math.max((double) steps / (state.seen() + steps), fading);
  }

  private void near(double recent, long steps, MergedWeights before) {
    double usual = state.usual() + weight(steps, settings.horizon()) * (recent - state.usual());
    boolean isGood = recent <= usual + GOOD * settings.threshold();
    MergedWeights good = isGood ? before : state.good();
    state = new RollbackState(good, recent, usual, state.seen() + steps, 0, 0);
  }

  private Optional<MergedWeights> far(double recent, long steps) {
    MergedWeights good = state.good();
    long seen = state.seen() + steps;
    long far = state.far() + steps;
    if (far < settings.patience()) {
      state = new RollbackState(good, recent, state.usual(), seen, far, 0);
      return Optional.empty();
    }
    state = new RollbackState(good, state.usual(), state.usual(), seen, 0, settings.patience());
    return Optional.of(good);
  }
}
