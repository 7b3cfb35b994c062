/**
 * A CSV data set onto the events topic of any cluster: rows enter in a fixed order, one record each leaves, exactly once however often the replay is
 * broken off and begun again.
 */
package io.millrace.topology.replay;
