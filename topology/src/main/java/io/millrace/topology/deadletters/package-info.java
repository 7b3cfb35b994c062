/**
 * What became of bad events, seen from outside the application: dead letters enter, lines for people and scripts leave, or the original records, back to
 * the topic they came from, exactly once. A value is never shown whole.
 */
package io.millrace.topology.deadletters;
