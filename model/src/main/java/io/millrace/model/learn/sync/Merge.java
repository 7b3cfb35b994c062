package io.millrace.model.learn.sync;

import io.millrace.model.learn.optimizer.Norm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes one sequence of weights of the changes of many workers. Changes gather in a round; it closes, and a version leaves, when
 * every worker heard of lately has been heard again, or when the caller's timer says so. A change that is dropped is acknowledged
 * by the round's version all the same. One thread.
 *
 * <p>{@link #state()} is as of the last closed round. Whoever stores it stores {@link #open()} beside it, and offers those
 * changes again after a restart: they come to the same version, bit for bit.
 */
public final class Merge {
  private final MergeSettings settings;
  private final OuterStep outerStep;
  private MergeState state;
  private Round round = new Round();
  private long duplicates;

  public Merge(MergeSettings settings, MergeState state) {
    this.settings = settings;
    this.outerStep = new OuterStep(settings.outerRate(), settings.outerMomentum());
    this.state = state;
  }

  /** As of the last closed round. */
  public MergeState state() {
    return state;
  }

  /** The newest weights. */
  public MergedWeights weights() {
    return state.weights();
  }

  /** What has been offered since the last closed round, by worker and sequence. */
  public List<Offer> open() {
    return round.offers();
  }

  /** Steps admitted to the open round. */
  public long openSteps() {
    return round.tally().steps();
  }

  /** Steps dropped by the merge, ever, those of the open round included. */
  public DroppedSteps dropped() {
    return state.dropped().plus(round.dropped());
  }

  /** Changes that came a second time, and were ignored, since this object was made. */
  public long duplicates() {
    return duplicates;
  }

  /**
   * Takes a change into the open round.
   *
   * @return the next weights when this change was the last that the round waited for
   * @throws BrokenSequenceException when a change before it is missing, or it stands on weights that are not there yet
   */
  public Optional<MergedWeights> offer(int worker, Change change) {
    long last = round.sequences().getOrDefault(worker, state.weights().sequenceOf(worker));
    if (change.sequence() <= last) {
      duplicates++;
      return Optional.empty();
    }
    check(worker, change, last);
    round.add(worker, change, Judgement.of(change, state, settings));
    return everyoneWasHeard() ? close() : Optional.empty();
  }

  private void check(int worker, Change change, long last) {
    MergedWeights weights = state.weights();
    if (change.sequence() != last + 1) {
      throw new BrokenSequenceException("update", "sequence", worker, last + 1, change.sequence());
    }
    if (change.baseVersion() > weights.version()) {
      throw new BrokenSequenceException(
          "update", "baseVersion", worker, "at most " + weights.version(), change.baseVersion());
    }
    if (change.delta().length != weights.values().length) {
      throw new IllegalArgumentException("update rejected: field=length, expected="
          + weights.values().length + ", actual=" + change.delta().length + ", worker=" + worker
          + ". Reset the learner or fix the model's settings.");
    }
  }

  private boolean everyoneWasHeard() {
    Map<Integer, Long> heard = round.sequences();
    long oldest = state.weights().version() - settings.presence();
    return state.lastHeard().entrySet().stream()
        .filter(entry -> entry.getValue() > oldest)
        .allMatch(entry -> heard.containsKey(entry.getKey()));
  }

  /** Closes the round without those who are late; empty when nobody was heard. */
  public Optional<MergedWeights> close() {
    if (round.isEmpty()) {
      return Optional.empty();
    }
    List<OuterStep.Share> shares = round.shares();
    OuterStep.Position before = new OuterStep.Position(state.weights().values(), state.velocity());
    OuterStep.Position after = shares.isEmpty() ? before : outerStep.from(before, shares);
    if (Double.isFinite(Norm.estimate(after.values()))
        && Double.isFinite(Norm.estimate(after.velocity()))) {
      advance(after, round.tally(), round.dropped());
    } else {
      DroppedSteps all =
          round.dropped().plus(DropReason.NON_FINITE_CHANGE, round.tally().steps());
      advance(before, Tally.NONE, all);
    }
    return Optional.of(state.weights());
  }

  private void advance(OuterStep.Position position, Tally learned, DroppedSteps dropped) {
    MergedWeights before = state.weights();
    MergedWeights after = new MergedWeights(
        before.version() + 1,
        position.values(),
        union(before.sequences(), round.sequences()),
        before.stepsLearned() + learned.steps(),
        learned.steps() == 0 ? before.loss() : learned.lossSum() / learned.steps(),
        before.rollback());
    next(after, position.velocity(), dropped);
  }

  private void next(MergedWeights weights, float[] velocity, DroppedSteps dropped) {
    TypicalChange typical = round.typicalAfter(state.typical(), settings.explosionLimit());
    next(weights, velocity, typical, dropped);
  }

  private void next(
      MergedWeights weights, float[] velocity, TypicalChange typical, DroppedSteps dropped) {
    Map<Integer, Long> lastHeard = new TreeMap<>(state.lastHeard());
    round.sequences().keySet().forEach(worker -> lastHeard.put(worker, weights.version()));
    state =
        new MergeState(weights, velocity, lastHeard, typical, state.dropped().plus(dropped));
    round = new Round();
  }

  private static Map<Integer, Long> union(Map<Integer, Long> older, Map<Integer, Long> newer) {
    Map<Integer, Long> union = new TreeMap<>(older);
    union.putAll(newer);
    return union;
  }

  /**
   * Goes back to earlier weights, by a new version. What was learned since, the open round included, is dropped; so will be every
   * change whose base is older than the new version.
   *
   * @param good an earlier version of these weights
   */
  public MergedWeights rollback(MergedWeights good) {
    MergedWeights bad = state.weights();
    long version = bad.version() + 1;
    MergedWeights again = new MergedWeights(
        version,
        good.values(),
        union(bad.sequences(), round.sequences()),
        good.stepsLearned(),
        good.loss(),
        new Rollback(version, good.version()));
    long undone = bad.stepsLearned() - good.stepsLearned() + round.tally().steps();
    next(
        again,
        new float[good.values().length],
        round.dropped().plus(DropReason.ROLLED_BACK, undone));
    return again;
  }

  /**
   * Goes on from weights of another origin, by a new version, as if they were a rollback's. What was learned here, the open round
   * included, is in them no more and is dropped; so will be every change whose base is older than the new version.
   *
   * @param foreign [N] the parameters
   */
  public MergedWeights replace(float[] foreign) {
    MergedWeights before = state.weights();
    long version = before.version() + 1;
    MergedWeights after = new MergedWeights(
        version,
        foreign,
        union(before.sequences(), round.sequences()),
        0,
        Double.NaN,
        new Rollback(version, version));
    next(
        after,
        new float[foreign.length],
        TypicalChange.UNKNOWN,
        round
            .dropped()
            .plus(DropReason.ROLLED_BACK, before.stepsLearned() + round.tally().steps()));
    return after;
  }
}
