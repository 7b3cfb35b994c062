/**
 * libtorch as a peer: its benchmarks, and the files that our kernels are held against. Parameters of ours enter; figures that
 * libtorch computed leave. Runs in a JVM of its own, without ND4J.
 */
package io.millrace.benchmarks.libtorch;
