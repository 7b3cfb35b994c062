package io.millrace.topology.evaluate;

/** Expected calibration error over ten equal ranges of probability. Naeini, Cooper and Hauskrecht, AAAI 2015. */
final class Calibration {
  private static final int RANGES = 10;

  private final long[] counts = new long[RANGES];
  private final double[] probabilities = new double[RANGES];
  private final long[] ones = new long[RANGES];

  void add(double probability, boolean label) {
    int range = Math.min(RANGES - 1, (int) (RANGES * probability));
    counts[range]++;
    probabilities[range] += probability;
    ones[range] += label ? 1 : 0;
  }

  /** Mean distance, over all events, between what their range's probabilities say and how often the label was 1: 0 to 1. */
  double error() {
    long events = 0;
    double distance = 0;
    for (int range = 0; range < RANGES; range++) {
      events += counts[range];
      distance += Math.abs(probabilities[range] - ones[range]);
    }
    return events == 0 ? 0 : distance / events;
  }
}
