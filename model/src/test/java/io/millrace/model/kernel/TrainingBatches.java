package io.millrace.model.kernel;

import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.learn.TrainingWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random parameters and windows for the gradient tests. */
final class TrainingBatches {
  private TrainingBatches() {}

  /** Away from the initial values, where half the head is nearly zero. */
  static float[] values(ModelSpec spec, long seed) {
    float[] values = Parameters.initial(spec, seed).toArray();
    Random random = new Random(seed);
    for (int n = 0; n < values.length; n++) {
      values[n] += 0.1f * (float) random.nextGaussian();
    }
    return values;
  }

  /** One window of each length, from states of their own; about one target in five is unknown. */
  static List<TrainingWindow> windows(ModelSpec spec, long seed, int... lengths) {
    Random random = new Random(seed);
    List<TrainingWindow> batch = new ArrayList<>();
    for (int length : lengths) {
      batch.add(new TrainingWindow(
          new HiddenState(
              gaussian(random, spec.stateSize(), 0.3f), gaussian(random, spec.stateSize(), 0.5f)),
          rows(random, spec, length, 1),
          targets(random, spec, length),
          mask(random, length)));
    }
    return batch;
  }

  /** Numbers of that size; about one id in V + 1 is none. */
  static float[] rows(Random random, ModelSpec spec, int length, float scale) {
    float[] rows = gaussian(random, length * spec.rowWidth(), scale);
    for (int t = 0; t < length; t++) {
      int ids = t * spec.rowWidth() + spec.numericColumns();
      for (int slot = 0; slot < spec.slotCount(); slot++) {
        rows[ids + slot] = random.nextInt(spec.slotSize(slot) + 1) - 1;
      }
    }
    return rows;
  }

  private static float[] targets(Random random, ModelSpec spec, int length) {
    return switch (spec.head()) {
      case FORECAST, REGRESSION -> gaussian(random, length * spec.targets(), 1);
      case CATEGORY -> numbers(random, length, spec.classes());
      case BINARY -> numbers(random, length, 2);
    };
  }

  private static float[] numbers(Random random, int length, int bound) {
    float[] values = new float[length];
    for (int n = 0; n < length; n++) {
      values[n] = random.nextInt(bound);
    }
    return values;
  }

  private static float[] gaussian(Random random, int length, float scale) {
    float[] values = new float[length];
    for (int n = 0; n < length; n++) {
      values[n] = scale * (float) random.nextGaussian();
    }
    return values;
  }

  private static byte[] mask(Random random, int length) {
    byte[] mask = new byte[length];
    for (int t = 0; t < length; t++) {
      mask[t] = (byte) (random.nextInt(5) == 0 ? 0 : 1);
    }
    return mask;
  }
}
