/** Results to pictures and tables: CSV files of full runs enter; PNG files and the generated parts of docs/performance.md leave. */
package io.millrace.benchmarks.charts;
