package io.millrace.tests.faults.plan;

/**
 * One round: a burst of events, and a fault while it lasts.
 *
 * @param number from 0
 * @param kind of fault
 * @param world in which it happens
 * @param events of the burst
 * @param strikeAfter events sent by then
 * @param delayMillis from that moment to the fault, so that it falls anywhere between two commits
 * @param seed of all that is decided while it is played
 */
public record Round(
    int number,
    FaultKind kind,
    World world,
    int events,
    int strikeAfter,
    int delayMillis,
    long seed) {}
