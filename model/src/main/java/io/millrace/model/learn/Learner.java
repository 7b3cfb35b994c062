package io.millrace.model.learn;

import io.millrace.model.learn.sync.Learned;
import io.millrace.model.learn.sync.Replica;
import java.util.Arrays;
import java.util.List;

/** Backpropagates a batch through a replica and lets the replica follow at once. Holds one gradient [N]; one thread. */
public final class Learner {
  private final Replica replica;
  private final Backpropagation backpropagation;
  private final float[] gradient;

  public Learner(Replica replica, Backpropagation backpropagation) {
    this.replica = replica;
    this.backpropagation = backpropagation;
    this.gradient = new float[replica.values().length];
  }

  public Replica replica() {
    return replica;
  }

  /** The same mathematics for another replica. */
  public Learner with(Replica other) {
    return new Learner(other, backpropagation);
  }

  public Learned learn(List<TrainingWindow> batch) {
    Arrays.fill(gradient, 0);
    BatchLoss loss = backpropagation.accumulate(replica.values(), batch, gradient);
    return replica.learn(gradient, batch.size(), loss);
  }
}
