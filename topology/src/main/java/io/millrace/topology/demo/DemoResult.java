package io.millrace.topology.demo;

/**
 * The figures of one demo.
 *
 * @param seconds from the first event's time to the last score readable
 * @param p50Ms median time from an event being due to its score being readable by a read_committed consumer; without the
 *     events of the first 5 seconds, when the JVM still compiles, unless there are no others
 * @param p99Ms the same, 99th percentile
 * @param weightsVersion newest that was published
 * @param windows cut to be learned from
 * @param stepsLearned steps in the newest weights
 * @param loss mean loss of the newest of them: nats a step; null while nothing was learned
 * @param meanSurpriseFirstTenth over the first tenth of the scores: nats
 * @param meanSurpriseLastTenth over the last tenth of them
 * @param freshnessP50Ms median time from a window being cut to the first readable score by weights that learned from it; null
 *     while there was none
 * @param freshnessP99Ms the same, 99th percentile
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
    long weightsVersion,
    long windows,
    long stepsLearned,
    Double loss,
    double meanSurpriseFirstTenth,
    double meanSurpriseLastTenth,
    Long freshnessP50Ms,
    Long freshnessP99Ms,
    String kernel) {}
