package io.millrace.topology.evaluate;

import io.millrace.model.ModelSpec;
import io.millrace.topology.csv.CsvRow;

/** Gathers what the predictions of one head come to, over the judged rows of all files. */
interface HeadFigures {

  /** Before the rows of a file. */
  default void beginFile() {}

  /** A row that got a score, in its turn; its first rows in a file may be warm-up rows. */
  void add(CsvRow row, Judged judged);

  Figures figures();

  /** @param warmupRows at the start of each file, which are not judged */
  static HeadFigures of(ModelSpec spec, long warmupRows) {
    return switch (spec.head()) {
      case FORECAST -> new ForecastFigures(spec.features(), warmupRows);
      case CATEGORY -> new CategoryFigures(spec.classes(), warmupRows);
      case BINARY -> new BinaryFigures(warmupRows);
      case REGRESSION -> new RegressionFigures(warmupRows);
    };
  }
}
