package io.millrace.topology.topics;

/**
 * A topic as it is.
 *
 * @param cleanupPolicy {@code delete}, {@code compact} or both, comma-separated
 */
public record ExistingTopic(String name, int partitions, String cleanupPolicy) {}
