package io.millrace.benchmarks;

import io.millrace.benchmarks.common.Size;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import java.util.Random;

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

  /** Standard normal values, the same ones each time. */
  static float[] normals(int length) {
    Random random = new Random(SEED);
    float[] values = new float[length];
    for (int n = 0; n < length; n++) {
      values[n] = (float) random.nextGaussian();
    }
    return values;
  }
}
