package io.millrace.topology.evaluate;

/**
 * What an evaluation came to; also its JSON.
 *
 * @param rows read
 * @param scored rows that got a score
 * @param deadLetters rows that could not be scored
 * @param meanSurprise over the scored rows: nats
 * @param seconds from first row to last
 */
public record Summary(
    long rows, long scored, long deadLetters, double meanSurprise, double seconds) {}
