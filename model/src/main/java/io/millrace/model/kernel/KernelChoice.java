package io.millrace.model.kernel;

/**
 * A kernel, and why this one.
 *
 * @param kernel ready to load parameters
 * @param reason a sentence for the log, with the remedy where the choice is second best
 */
public record KernelChoice(Kernel kernel, String reason) {}
