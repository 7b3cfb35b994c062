/** Deeplearning4j as a peer: the network that {@code rnnTimeStep} and {@code fit} run. Knows nothing of ours. */
package io.millrace.benchmarks.dl4j;
