/** Results to pictures and tables: the CSV files that were kept enter; PNG files and the generated parts of docs/performance.md leave. */
package io.millrace.benchmarks.charts;
