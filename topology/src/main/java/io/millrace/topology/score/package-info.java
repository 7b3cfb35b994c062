/**
 * The score stage: an event's bytes enter, one {@code Score} or one dead letter leaves, and the key's state is saved. Nothing
 * is learned here, and nothing an event carries may stop the partition.
 */
package io.millrace.topology.score;
