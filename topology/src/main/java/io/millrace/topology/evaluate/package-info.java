/**
 * A CSV data set through the application's own topology, in one thread and in file and row order: rows enter, one result row
 * each leaves. Nothing is scored here that the topology does not score.
 */
package io.millrace.topology.evaluate;
