package io.millrace.topology.learn;

import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.ReplicaSettings;
import java.time.Duration;

/**
 * Settings of the learn stage.
 *
 * @param spec of the model
 * @param model its name, the first part of the keys of updates
 * @param batchWindows windows of a full batch
 * @param batchMaxWait how long a window waits for its batch to fill
 * @param syncSteps batches learned after which an update is emitted
 * @param syncInterval time after which an update is emitted, however little was learned
 * @param replica how batches are followed
 * @param thread that learns them
 */
public record LearnSettings(
    ModelSpec spec,
    String model,
    int batchWindows,
    Duration batchMaxWait,
    int syncSteps,
    Duration syncInterval,
    ReplicaSettings replica,
    LearnThread thread) {
  /** The same, for whoever drives a topology record by record. */
  public LearnSettings onTheStreamsThread() {
    return new LearnSettings(
        spec,
        model,
        batchWindows,
        batchMaxWait,
        syncSteps,
        syncInterval,
        replica,
        LearnThread.STREAM);
  }
}
