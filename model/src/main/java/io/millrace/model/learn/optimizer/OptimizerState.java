package io.millrace.model.learn.optimizer;

/**
 * What an optimizer remembers between two steps.
 *
 * @param kind the update rule that the moments belong to
 * @param updates updates ever made; the decay of the rate goes by it
 * @param age updates that the moments hold; the warm-up and Adam's bias correction go by it
 * @param moments one array [N] for each quantity that the rule keeps
 */
public record OptimizerState(
    OptimizerSettings.Kind kind, long updates, long age, float[][] moments) {}
