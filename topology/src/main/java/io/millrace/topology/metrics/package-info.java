/** What is counted, each meter with its unit and meaning. */
package io.millrace.topology.metrics;
