package io.millrace.topology.score;

/**
 * A label that passed every check.
 *
 * @param key of the event that it speaks of
 * @param id of that event
 * @param value raw units; 0 or 1 for a binary head
 */
record ReadLabel(byte[] key, String id, double value) {}
