/**
 * The learn stage: windows enter, updates leave. Each task is one data-parallel worker that learns at once and tells the others later.
 * Nothing is scored here.
 */
package io.millrace.topology.learn;
