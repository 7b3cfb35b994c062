package io.millrace.topology.deadletters;

import java.util.Map;

/**
 * What sending dead letters back came to; also its JSON.
 *
 * @param sent letters sent back by this run, or in a dry run those that would be
 * @param sentByReason the same by reason
 * @param otherReasons letters passed over because their reason was not asked for
 * @param notReplayable letters without a known reason, or whose origin is no topic of this application
 * @param dryRun whether nothing was sent
 * @param seconds this run took
 */
public record DeadLetterSummary(
    long sent,
    Map<String, Long> sentByReason,
    long otherReasons,
    long notReplayable,
    boolean dryRun,
    double seconds) {}
