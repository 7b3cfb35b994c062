package io.millrace.topology.evaluate;

import io.millrace.topology.csv.CsvRow;

/** Of predicted categories: how often the first guess was right, and what each event costs to tell. */
final class CategoryFigures implements HeadFigures {
  private final long warmupRows;
  private final double strangerBits;
  private long events;
  private long right;
  private double bits;

  /** @param size V, of the field that is predicted */
  CategoryFigures(int size, long warmupRows) {
    this.warmupRows = warmupRows;
    this.strangerBits = log2(size);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /** Whoever bets on the unknown has not said which text would come. */
  @Override
  public void add(CsvRow row, Judged judged) {
    if (row.number() < warmupRows) {
      return;
    }
    events++;
    bits += judged.score().getSurprise() / Math.log(2);
    if (judged.stranger()) {
      bits += strangerBits;
    } else if (judged.score().getPrediction().get(0) == 1) {
      right++;
    }
  }

  @Override
  public Figures figures() {
    return events == 0
        ? Figures.ofErrors(null, null)
        : new Figures(null, null, (double) right / events, bits / events, null, null, null);
  }
}
