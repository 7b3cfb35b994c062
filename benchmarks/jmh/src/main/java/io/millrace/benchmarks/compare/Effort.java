package io.millrace.benchmarks.compare;

/**
 * How long to measure. All sides take turns in each round, so that a neighbour's load meets them all; each turn is a fresh JVM.
 *
 * @param rounds turns of each side
 * @param warmups seconds before each measurement
 * @param iterations seconds of measurement, a figure each
 */
record Effort(int rounds, int warmups, int iterations) {
  static final Effort FULL = new Effort(5, 3, 5);
  static final Effort QUICK = new Effort(2, 2, 2);
}
