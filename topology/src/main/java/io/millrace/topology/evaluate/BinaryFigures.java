package io.millrace.topology.evaluate;

import io.millrace.topology.csv.CsvRow;

/** Of predicted labels: how well their probabilities tell them apart, and how far they can be taken at their word. */
final class BinaryFigures implements HeadFigures {
  private final long warmupRows;
  private final RocCurve curve = new RocCurve();
  private final Calibration calibration = new Calibration();
  private long labels;
  private long right;
  private double logLoss;

  BinaryFigures(long warmupRows) {
    this.warmupRows = warmupRows;
  }

  @Override
  public void add(CsvRow row, Judged judged) {
    if (row.number() < warmupRows || row.label().isEmpty()) {
      return;
    }
    boolean label = row.label().getAsDouble() == 1;
    double probability = judged.score().getPrediction().get(0);
    curve.add(probability, label);
    calibration.add(probability, label);
    labels++;
    right += (probability >= 0.5) == label ? 1 : 0;
    logLoss += judged.score().getSurprise();
  }

  @Override
  public Figures figures() {
    return labels == 0
        ? Figures.ofErrors(null, null)
        : new Figures(
            null,
            null,
            (double) right / labels,
            null,
            curve.area(),
            logLoss / labels,
            calibration.error());
  }
}
