package io.millrace.topology.demo;

/**
 * The figures of one demo.
 *
 * @param seconds from the first event's time to the last score readable
 * @param p50Ms median time from an event being due to its score being readable by a read_committed consumer; without the
 *     events of the first 5 seconds, when the JVM still compiles, unless there are no others
 * @param p99Ms the same, 99th percentile
 */
public record DemoResult(
    long events,
    long scores,
    long deadLetters,
    int keys,
    double seconds,
    double eventsPerSecond,
    long p50Ms,
    long p99Ms,
    String kernel) {}
