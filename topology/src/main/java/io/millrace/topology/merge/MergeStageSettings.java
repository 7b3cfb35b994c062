package io.millrace.topology.merge;

import io.millrace.model.CategoryInput;
import io.millrace.model.ModelSpec;
import io.millrace.model.learn.sync.MergeSettings;
import io.millrace.model.learn.sync.RollbackSettings;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the merge stage.
 *
 * @param spec of the model
 * @param categories the model's categorical fields
 * @param model its name, the first part of the keys of weights
 * @param maxWait how long a round waits for workers that have not been heard
 * @param merge how changes become weights
 * @param rollback when weights are held to have gone bad
 * @param announcesInitial whether version 0 is published too, so that every instance can hold its own against it
 * @param configHash stands for the learner's settings in every version
 */
public record MergeStageSettings(
    ModelSpec spec,
    List<CategoryInput> categories,
    String model,
    Duration maxWait,
    MergeSettings merge,
    RollbackSettings rollback,
    boolean announcesInitial,
    long configHash) {}
