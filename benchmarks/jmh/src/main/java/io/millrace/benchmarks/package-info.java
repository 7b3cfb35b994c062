/**
 * JMH benchmarks of our kernels, of the score stage without Kafka, and of ND4J's own LSTM operation. Random but seeded inputs enter;
 * times leave. A peer whose figures are not ours refuses to be timed.
 */
package io.millrace.benchmarks;
