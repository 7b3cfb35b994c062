package io.millrace.benchmarks.stream.growth;

/**
 * What one point gave.
 *
 * @param diskBytes of the state directory, the application stopped
 * @param changelogBytes of the keys' states, at the broker, before compaction
 * @param changelogRows records in it
 * @param heapBytes that live on the heap
 * @param residentBytes of the whole process
 * @param restoreSeconds from the start of a process without states until it runs
 */
record Grown(
    double eventsPerSecond,
    double cpuMicrosPerEvent,
    long diskBytes,
    long changelogBytes,
    long changelogRows,
    long heapBytes,
    long residentBytes,
    double restoreSeconds) {}
