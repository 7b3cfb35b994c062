/** What more keys, wider networks, longer windows and more partitions cost: space, speed and time to restore. */
package io.millrace.benchmarks.stream.growth;
