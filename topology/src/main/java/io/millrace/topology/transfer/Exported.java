package io.millrace.topology.transfer;

/**
 * What was exported; also its JSON.
 *
 * @param file written
 * @param version of the weights
 * @param stepsLearned in them
 * @param loss mean loss of the newest steps among them: nats a step; null where there are none
 * @param signature of the model
 */
public record Exported(
    String file, long version, long stepsLearned, Double loss, String signature) {}
