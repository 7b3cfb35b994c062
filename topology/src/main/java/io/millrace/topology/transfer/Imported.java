package io.millrace.topology.transfer;

/**
 * What was imported; also its JSON.
 *
 * @param file read
 * @param version that the weights are; null where nobody waited for it
 * @param signature of the model
 */
public record Imported(String file, Long version, String signature) {}
