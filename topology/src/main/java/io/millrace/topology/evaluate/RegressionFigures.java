package io.millrace.topology.evaluate;

import io.millrace.topology.csv.CsvRow;

/** Of predicted values: their errors against the labels that are known. */
final class RegressionFigures implements HeadFigures {
  private final long warmupRows;
  private long labels;
  private double squaredError;
  private double absoluteError;

  RegressionFigures(long warmupRows) {
    this.warmupRows = warmupRows;
  }

  @Override
  public void add(CsvRow row, Judged judged) {
    if (row.number() < warmupRows || row.label().isEmpty()) {
      return;
    }
    double error = row.label().getAsDouble() - judged.score().getPrediction().get(0);
    labels++;
    squaredError += error * error;
    absoluteError += Math.abs(error);
  }

  @Override
  public Figures figures() {
    return labels == 0
        ? Figures.ofErrors(null, null)
        : Figures.ofErrors(squaredError / labels, absoluteError / labels);
  }
}
