package io.millrace.topology.evaluate;

import io.millrace.schemas.Score;

/** What a data set comes to, row by row and file by file. */
final class Totals {
  private final Tenths tenths = new Tenths();
  private long rows;
  private long scored;
  private double surprise;

  void row() {
    rows++;
  }

  void score(Score score) {
    scored++;
    surprise += score.getSurprise();
    tenths.add(score.getSurprise());
  }

  Summary summary(Engine engine, Figures figures, long trainRows, int epochs, double seconds) {
    return new Summary(
        rows,
        scored,
        rows - scored,
        scored == 0 ? 0 : surprise / scored,
        tenths.first(),
        tenths.last(),
        (long) engine.meter("millrace.weights.version"),
        (long) engine.meter("millrace.windows.cut"),
        (long) engine.meter("millrace.weights.steps"),
        (long) (engine.meter("millrace.steps.lost") + engine.meter("millrace.merge.dropped.steps")),
        trainRows,
        epochs,
        figures.mse(),
        figures.mae(),
        figures.accuracy(),
        figures.bitsPerEvent(),
        figures.auc(),
        figures.logLoss(),
        figures.calibrationError(),
        seconds);
  }
}
