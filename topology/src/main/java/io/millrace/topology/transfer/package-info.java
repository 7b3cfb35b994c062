/**
 * Weights out of a running sequence and into it, as files. What leaves is a whole committed version; what enters is offered to the
 * merge stage, the only one that makes versions.
 */
package io.millrace.topology.transfer;
