package io.millrace.benchmarks.stream.throughput;

/**
 * What one turn of a run gave.
 *
 * @param windowsBehind that waited to be learned in the end
 */
record Outcome(double eventsPerSecond, double cpuMicrosPerEvent, long windowsBehind) {}
