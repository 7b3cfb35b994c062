/** Events a second and processor time an event, against the same topology without the network and against simpler ones. */
package io.millrace.benchmarks.stream.throughput;
