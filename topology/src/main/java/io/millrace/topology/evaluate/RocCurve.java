package io.millrace.topology.evaluate;

import java.util.Arrays;

/** Area under the ROC curve, exact: keeps every probability, 8 bytes each. */
final class RocCurve {
  private final Values ones = new Values();
  private final Values zeros = new Values();

  private static final class Values {
    private double[] values = new double[1024];
    private int count;

    void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  void add(double probability, boolean label) {
    (label ? ones : zeros).add(probability);
  }

  /**
   * The part of all pairs of a 1 and a 0 in which the 1 has the higher probability, ties counted half: the statistic of Mann and
   * Whitney, 1947.
   *
   * @return null where there is no such pair
   */
  Double area() {
    double[] higher = ones.sorted();
    double[] lower = zeros.sorted();
    if (higher.length == 0 || lower.length == 0) {
      return null;
    }
    double pairs = 0;
    int below = 0;
    int upTo = 0;
    for (double one : higher) {
      while (below < lower.length && lower[below] < one) {
        below++;
      }
      while (upTo < lower.length && lower[upTo] <= one) {
        upTo++;
      }
      pairs += (below + upTo) / 2.0;
    }
    return pairs / higher.length / lower.length;
  }
}
