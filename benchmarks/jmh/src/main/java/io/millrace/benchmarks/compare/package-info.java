/**
 * The command that runs all sides in one run. Names of benchmarks enter; a table and one line of JSON leave. Nothing is timed here:
 * JMH does that, in JVMs of its own.
 */
package io.millrace.benchmarks.compare;
