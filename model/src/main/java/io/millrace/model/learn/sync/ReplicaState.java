package io.millrace.model.learn.sync;

import io.millrace.model.learn.optimizer.OptimizerState;
import java.util.List;

/**
 * All that a replica must remember to go on bit for bit after a restart.
 *
 * @param baseVersion version of the weights it was last rebased on
 * @param sequence number of the last change it cut
 * @param values [N] its parameters
 * @param published [N] the parameters that those weights become by its changes alone
 * @param optimizer moments and counts
 * @param uncut what it has learned since its last change
 * @param inFlight changes that its base does not hold yet, oldest first
 * @param dropped steps that it dropped, ever
 */
public record ReplicaState(
    long baseVersion,
    long sequence,
    float[] values,
    float[] published,
    OptimizerState optimizer,
    Tally uncut,
    List<Change> inFlight,
    DroppedSteps dropped) {

  public ReplicaState {
    inFlight = List.copyOf(inFlight);
  }
}
