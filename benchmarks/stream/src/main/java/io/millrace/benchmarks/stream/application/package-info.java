/**
 * What runs in the application's own process: Millrace as it is, the same without its network, and simpler topologies to compare it with.
 * A configuration enters by a file; events, scores and states go through the broker; a word on standard output says what has happened.
 */
package io.millrace.benchmarks.stream.application;
