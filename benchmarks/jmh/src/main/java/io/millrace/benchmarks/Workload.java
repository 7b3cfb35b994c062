package io.millrace.benchmarks;

import io.millrace.benchmarks.common.Size;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;

/** What is computed; the peers' modules compute the same. */
final class Workload {
  private static final long SEED = 17;

  private Workload() {}

  static ModelSpec model(Size size) {
    return new ModelSpec(Cell.LSTM, size.inputs(), size.layers(), size.hidden(), Head.FORECAST);
  }

  static Parameters parameters(ModelSpec spec) {
    return Parameters.initial(spec, SEED);
  }
}
