package io.millrace.model.learn.sync;

import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.optimizer.GradientGuard;
import io.millrace.model.learn.optimizer.GradientGuard.Admission;
import io.millrace.model.learn.optimizer.Norm;
import io.millrace.model.learn.optimizer.Optimizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;

/**
 * The parameters of one worker, which learns at once and tells the others later. Local SGD: Stich, ICLR 2019. Holds two copies of
 * the parameters, the optimizer's moments and one copy for each change on its way; one thread.
 *
 * <pre>
 *   learn   values by the optimizer
 *   cut     delta = values - published          published = published + delta
 *   rebase  ahead = weights + deltas on their way     values = ahead + (values - published)     published = ahead
 * </pre>
 *
 * {@code published} is computed by the very additions that {@link Merge} makes, so it is what the weights will be if nobody else
 * learns: then every rebase finds {@code ahead == published} and leaves the values as they are, bit for bit, and what a sum in
 * floats rounds away is in the next delta. One worker is exact sequential SGD.
 */
public final class Replica {
  private final int worker;
  private final int maxInFlight;
  private final GradientGuard guard;
  private final Optimizer optimizer;
  private final float[] values;
  private final float[] published;
  private final Deque<Change> inFlight;
  private long baseVersion;
  private long sequence;
  private Tally uncut;
  private DroppedSteps dropped;

  /** A worker that begins at the given weights, with the number that they expect of it. */
  public Replica(int worker, ReplicaSettings settings, MergedWeights weights) {
    this(
        worker,
        settings,
        new Optimizer(settings.optimizer(), weights.values().length),
        weights.values(),
        weights.values(),
        new ArrayDeque<>());
    this.baseVersion = weights.version();
    this.sequence = weights.sequenceOf(worker);
    this.uncut = Tally.NONE;
    this.dropped = DroppedSteps.NONE;
  }

  private Replica(
      int worker,
      ReplicaSettings settings,
      Optimizer optimizer,
      float[] values,
      float[] published,
      Deque<Change> inFlight) {
    this.worker = worker;
    this.maxInFlight = settings.maxInFlight();
    this.guard = new GradientGuard(settings.optimizer().clipNorm());
    this.optimizer = optimizer;
    this.values = values.clone();
    this.published = published.clone();
    this.inFlight = inFlight;
  }

  /**
   * Goes on where a snapshot was taken.
   *
   * @throws IllegalArgumentException when the optimizer's part is another rule's or another model's
   */
  public static Replica restored(int worker, ReplicaSettings settings, ReplicaState state) {
    Replica replica = new Replica(
        worker,
        settings,
        Optimizer.restored(settings.optimizer(), state.values().length, state.optimizer()),
        state.values(),
        state.published(),
        new ArrayDeque<>(state.inFlight()));
    replica.baseVersion = state.baseVersion();
    replica.sequence = state.sequence();
    replica.uncut = state.uncut();
    replica.dropped = state.dropped();
    return replica;
  }

  /** The live array, for the next batch's forward pass; only to be read. */
  public float[] values() {
    return values;
  }

  /** Steps dropped by this replica, ever; what the merge drops of its changes is counted there. */
  public DroppedSteps dropped() {
    return dropped;
  }

  /** What the next change would hold. */
  public Tally uncut() {
    return uncut;
  }

  /**
   * Follows a batch's gradient at once.
   *
   * @param gradient [N] sum over the batch's steps; used up
   * @param windows of the batch
   * @param loss what the batch came to
   */
  public Learned learn(float[] gradient, long windows, BatchLoss loss) {
    return learn(gradient, Tally.of(windows, loss));
  }

  private Learned learn(float[] gradient, Tally batch) {
    if (batch.steps() == 0) {
      uncut = uncut.plus(batch);
      return Learned.NOTHING;
    }
    Admission admission = admit(gradient, batch);
    if (admission == Admission.DROPPED) {
      dropped = dropped.plus(DropReason.NON_FINITE_GRADIENT, batch.steps());
      return Learned.DROPPED;
    }
    optimizer.step(values, gradient);
    uncut = uncut.plus(batch);
    if (!Double.isFinite(Norm.estimate(values))) {
      restartFrom(published, DropReason.DIVERGED_REPLICA);
      return Learned.DIVERGED;
    }
    return admission == Admission.CLIPPED ? Learned.CLIPPED : Learned.WHOLE;
  }

  private Admission admit(float[] gradient, Tally batch) {
    return Double.isFinite(batch.lossSum())
        ? guard.admit(gradient, batch.steps())
        : Admission.DROPPED;
  }

  private void restartFrom(float[] source, DropReason reason) {
    System.arraycopy(source, 0, values, 0, values.length);
    optimizer.reset();
    dropped = dropped.plus(reason, uncut.steps());
    uncut = Tally.NONE;
  }

  /** False while as many changes are on their way as may be, and where not one step was learned since the last cut. */
  public boolean mayCut() {
    return uncut.steps() > 0 && inFlight.size() < maxInFlight;
  }

  /** What has been learned since the last cut; empty where none may be cut. */
  public Optional<Change> cut() {
    if (!mayCut()) {
      return Optional.empty();
    }
    sequence++;
    Change change = new Change(baseVersion, sequence, uncut, publish());
    inFlight.add(change);
    uncut = Tally.NONE;
    return Optional.of(change);
  }

  private float[] publish() {
    float[] delta = new float[values.length];
    for (int n = 0; n < delta.length; n++) {
      delta[n] = values[n] - published[n];
      published[n] += delta[n];
    }
    return delta;
  }

  /**
   * Moves onto newer weights, with all that they do not hold yet. Older ones are passed over. Across a rollback the replica takes
   * nothing with it; changes of its that are still on their way are then dropped, and counted, by the merge.
   *
   * @throws BrokenSequenceException when the weights hold changes that this replica never made
   */
  public void rebase(MergedWeights weights) {
    if (weights.version() <= baseVersion) {
      return;
    }
    check(weights);
    if (weights.rollback().version() > baseVersion) {
      inFlight.clear();
      System.arraycopy(weights.values(), 0, published, 0, published.length);
      restartFrom(published, DropReason.ROLLED_BACK);
    } else {
      moveOnto(weights);
    }
    baseVersion = weights.version();
  }

  private void check(MergedWeights weights) {
    if (weights.values().length != values.length) {
      throw new IllegalArgumentException(
          "weights rejected: field=length, expected=" + values.length + ", actual="
              + weights.values().length + ". Reset the learner or fix the model's settings.");
    }
    long merged = weights.sequenceOf(worker);
    if (merged > sequence) {
      throw new BrokenSequenceException(
          "weights", "sequence", worker, "at most " + sequence, merged);
    }
  }

  private void moveOnto(MergedWeights weights) {
    long merged = weights.sequenceOf(worker);
    inFlight.removeIf(change -> change.sequence() <= merged);
    float[] ahead = weights.values().clone();
    for (Change change : inFlight) {
      Vectors.add(ahead, change.delta());
    }
    for (int n = 0; n < ahead.length; n++) {
      if (ahead[n] != published[n]) {
        values[n] = ahead[n] + (values[n] - published[n]);
      }
      published[n] = ahead[n];
    }
  }

  /** A copy of all that must outlive a restart. */
  public ReplicaState snapshot() {
    return new ReplicaState(
        baseVersion,
        sequence,
        values.clone(),
        published.clone(),
        optimizer.state(),
        uncut,
        new ArrayList<>(inFlight),
        dropped);
  }
}
