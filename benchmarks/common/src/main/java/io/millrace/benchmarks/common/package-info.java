/** What every side of a benchmark shares. Knows neither ours nor the peers. */
package io.millrace.benchmarks.common;
