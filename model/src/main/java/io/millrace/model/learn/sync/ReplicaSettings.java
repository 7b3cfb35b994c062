package io.millrace.model.learn.sync;

import io.millrace.model.learn.optimizer.OptimizerSettings;

/**
 * How a worker learns.
 *
 * @param optimizer of the replica
 * @param maxInFlight changes that may be on their way before the worker must wait for weights that hold the first of them, at
 *     least 1. Bounds memory, and how far a replica runs ahead (stale synchronous parallel: Ho et al., NIPS 2013); one more than
 *     {@link MergeSettings#maxStaleness()} at most, or a worker alone could have its own changes dropped
 */
public record ReplicaSettings(OptimizerSettings optimizer, int maxInFlight) {

  public ReplicaSettings {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException(
          "replica settings rejected: field=maxInFlight, expected=at least 1, actual=" + maxInFlight
              + ".");
    }
  }
}
