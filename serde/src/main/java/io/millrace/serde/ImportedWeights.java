package io.millrace.serde;

/**
 * Weights from outside.
 *
 * @param number of the import, above 0; a later one has a larger number
 * @param values [N] the parameters; never changed
 * @param origin where they come from, for people
 */
public record ImportedWeights(long number, float[] values, String origin) {}
