package io.millrace.topology.evaluate;

import io.millrace.topology.csv.CsvRow;

/** Of forecasts: their errors, each file in its own units. */
final class ForecastFigures implements HeadFigures {
  private final int features;
  private final long warmupRows;
  private ForecastErrors file;
  private long forecasts;
  private double squaredError;
  private double absoluteError;

  ForecastFigures(int features, long warmupRows) {
    this.features = features;
    this.warmupRows = warmupRows;
    this.file = new ForecastErrors(features, warmupRows);
  }

  @Override
  public void beginFile() {
    endFile();
    file = new ForecastErrors(features, warmupRows);
  }

  private void endFile() {
    forecasts += file.judged();
    squaredError += file.squaredError();
    absoluteError += file.absoluteError();
  }

  @Override
  public void add(CsvRow row, Judged judged) {
    file.add(row.features(), judged.score().getPrediction());
  }

  @Override
  public Figures figures() {
    beginFile();
    return forecasts == 0
        ? Figures.ofErrors(null, null)
        : Figures.ofErrors(squaredError / forecasts, absoluteError / forecasts);
  }
}
