/** End to end on a real broker: how fast, how soon, and how it grows. */
package io.millrace.benchmarks.stream;
