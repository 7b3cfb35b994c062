package io.millrace.topology.replay;

/**
 * What a replay came to; also its JSON.
 *
 * @param rows read
 * @param sent records committed by this run
 * @param skipped rows that an earlier run of the same name had sent
 * @param notEvents rows among those sent that have no time, so that they become dead letters
 * @param seconds this run took
 * @param rowsPerSecond rows sent a second
 */
public record ReplaySummary(
    long rows, long sent, long skipped, long notEvents, double seconds, double rowsPerSecond) {}
