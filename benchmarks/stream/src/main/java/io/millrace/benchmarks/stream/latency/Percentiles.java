package io.millrace.benchmarks.stream.latency;

import org.HdrHistogram.Histogram;

/** Milliseconds from an event being due to its score being readable. */
record Percentiles(long events, double p50, double p99, double p999, double p99999, double max) {
  private static final double MICROS = 1000;

  static Percentiles of(Histogram micros) {
    return new Percentiles(
        micros.getTotalCount(),
        millis(micros, 50),
        millis(micros, 99),
        millis(micros, 99.9),
        millis(micros, 99.999),
        micros.getMaxValue() / MICROS);
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS;
  }
}
