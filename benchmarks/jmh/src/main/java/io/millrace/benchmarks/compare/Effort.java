package io.millrace.benchmarks.compare;

import java.util.List;

/**
 * How much to measure. All sides take turns in each round, so that a neighbour's load meets them all; each turn is a fresh JVM.
 *
 * @param rounds turns of each side
 * @param warmups seconds before each measurement, at most
 * @param iterations of {@value #ITERATION_MILLIS} ms in each measurement, a figure each: short, so that some meet no neighbour
 */
record Effort(int rounds, int warmups, int iterations) {
  static final int ITERATION_MILLIS = 200;
  static final Effort FULL = new Effort(3, 5, 15);
  static final Effort QUICK = new Effort(2, 4, 6);

  /** A quick run of all sides has 50 measurements: five seconds each keep it under five minutes, and one event is soon compiled. */
  int warmups(Suite suite) {
    return isQuickEvent(suite) ? warmups - 1 : warmups;
  }

  List<String> sizes(Suite suite) {
    return equals(QUICK) ? suite.sizes().quick() : suite.sizes().full();
  }

  /** Deeplearning4j takes a hundred times as long as the fastest: a quick run of one event asks it for the first size alone. */
  List<String> sizes(Suite suite, Side side) {
    boolean first = isQuickEvent(suite) && side == Side.DEEPLEARNING4J;
    return first ? sizes(suite).subList(0, 1) : sizes(suite);
  }

  private boolean isQuickEvent(Suite suite) {
    return equals(QUICK) && (suite == Suite.KERNEL || suite == Suite.HEAD);
  }
}
