/**
 * One event against one key's memory: an {@link io.millrace.model.scoring.Observation} and a
 * {@link io.millrace.model.scoring.KeyState} enter, a {@link io.millrace.model.scoring.Scored} leaves. Nothing here stores
 * anything, reads a clock or learns; the state before an event is never changed.
 */
package io.millrace.model.scoring;
