package io.millrace.topology.config;

/**
 * Names of the topics.
 *
 * @param labels empty when labels do not come by a topic
 */
public record Topics(
    String events,
    String labels,
    String scores,
    String windows,
    String updates,
    String weights,
    String control,
    String deadLetters) {}
