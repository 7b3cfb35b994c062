/**
 * A broker in one process, an application in another, events in between: started, watched from outside, and cleared away. What is
 * measured is read off the topics and off the operating system, never off the application itself.
 */
package io.millrace.benchmarks.stream.harness;
