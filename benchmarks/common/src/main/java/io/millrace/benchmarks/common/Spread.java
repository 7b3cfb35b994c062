package io.millrace.benchmarks.common;

import java.util.Collection;
import java.util.List;

/** Order statistics of repeated measurements: medians, since a neighbour's load only ever makes them slower. */
public final class Spread {
  private final List<Double> sorted;

  /** @throws IllegalArgumentException when there is nothing to tell of */
  public Spread(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("spread rejected: field=values, actual=none.");
    }
    this.sorted = values.stream().sorted().toList();
  }

  public double median() {
    return quantile(0.5);
  }

  public double smallest() {
    return sorted.get(0);
  }

  /** Distance of the quartiles over the median: 0.1 says that half of all lie within some 5 % on either side. */
  public double relative() {
    return (quantile(0.75) - quantile(0.25)) / median();
  }

  /** Linear between neighbours. */
  private double quantile(double part) {
    double place = part * (sorted.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }
}
