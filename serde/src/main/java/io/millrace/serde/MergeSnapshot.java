package io.millrace.serde;

import io.millrace.model.learn.sync.MergeState;
import io.millrace.model.learn.sync.RollbackState;

/**
 * What the merge stores with each version.
 *
 * @param merge weights, velocity and workers
 * @param rollback the loss's history and the weights to go back to; of those the workers' sequence numbers are not stored, for a
 *     rollback has the newest
 */
public record MergeSnapshot(MergeState merge, RollbackState rollback) {}
