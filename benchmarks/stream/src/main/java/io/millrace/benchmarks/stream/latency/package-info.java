/** From an event being due to its score being readable, at a rate that does not wait for the answers. */
package io.millrace.benchmarks.stream.latency;
