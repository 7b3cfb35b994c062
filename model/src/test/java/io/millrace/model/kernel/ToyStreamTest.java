package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.ForecastLoss;
import io.millrace.model.learn.TrainingWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain gradient descent on noisy sines, whose next value is the last one plus what the phase says. */
class ToyStreamTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 1, 1, 16, Head.FORECAST);
  private static final int STEPS = 24;
  private static final double NOISE = 0.05;
  private static final float RATE = 0.1f;
  private static final int BATCHES = 400;

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "nd4j"})
  void theLossFallsBelowThatOfTheForecastThatNothingChanges(String kernel) {
    Random random = new Random(42);
    float[] values = Parameters.initial(SPEC, 1).toArray();
    Backpropagation learning = Kernels.choose(kernel).kernel().backpropagation(SPEC);
    double first = descend(learning, values, sines(random));
    for (int n = 1; n < BATCHES; n++) {
      descend(learning, values, sines(random));
    }
    List<TrainingWindow> unseen = sines(random);
    double last = learning.accumulate(values, unseen, new float[values.length]).mean();

    assertThat(last).isLessThan(first - 1);
    assertThat(last).isLessThan(noChange(unseen) - 0.5);
  }

  private static double descend(
      Backpropagation learning, float[] values, List<TrainingWindow> batch) {
    float[] gradient = new float[values.length];
    BatchLoss loss = learning.accumulate(values, batch, gradient);
    for (int n = 0; n < values.length; n++) {
      float mean = gradient[n] / loss.steps();
      values[n] -= RATE * Math.max(-1, Math.min(1, mean));
    }
    return loss.mean();
  }

  /** Sixteen windows of one period, each from a phase of its own. */
  private static List<TrainingWindow> sines(Random random) {
    List<TrainingWindow> batch = new ArrayList<>();
    for (int n = 0; n < 16; n++) {
      double phase = 2 * Math.PI * random.nextDouble();
      float[] signal = new float[STEPS + 1];
      for (int t = 0; t <= STEPS; t++) {
        signal[t] = (float) (Math.sin(phase + 2 * Math.PI * t / 8) + NOISE * random.nextGaussian());
      }
      batch.add(window(signal));
    }
    return batch;
  }

  private static TrainingWindow window(float[] signal) {
    float[] inputs = new float[STEPS];
    float[] targets = new float[STEPS];
    byte[] mask = new byte[STEPS];
    for (int t = 0; t < STEPS; t++) {
      inputs[t] = signal[t];
      targets[t] = signal[t + 1];
      mask[t] = 1;
    }
    return new TrainingWindow(HiddenState.initial(SPEC), inputs, targets, mask);
  }

  /** The mean loss of the forecast that repeats the last value, with the best variance there is for it. */
  private static double noChange(List<TrainingWindow> batch) {
    double squares = 0;
    for (TrainingWindow window : batch) {
      for (int t = 0; t < STEPS; t++) {
        squares += Math.pow(window.targets()[t] - window.inputs()[t], 2);
      }
    }
    double variance = squares / (batch.size() * STEPS);
    return ForecastLoss.of(Math.sqrt(variance), 0, Math.log(variance)).loss();
  }
}
