package io.millrace.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.Models;
import io.millrace.model.Parameters;
import io.millrace.model.learn.Backpropagation;
import io.millrace.model.learn.BatchLoss;
import io.millrace.model.learn.TrainingWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain gradient descent on streams whose next target is known only to who remembers more than the last input. */
class HeadToyStreamTest {
  private static final int STEPS = 24;
  private static final int WINDOWS = 16;
  private static final int BATCHES = 400;
  private static final int HIDDEN = 16;

  /** What follows 1 depends on what came before it. */
  private static final int[] CYCLE = {0, 1, 2, 1, 3, 1};

  private static final double WRONG = 0.1;
  private static final double NOISE = 0.1;

  /** Makes the windows of a batch. */
  private interface Toy {
    TrainingWindow window(Random random);
  }

  private static double lossAfterLearning(String kernel, ModelSpec spec, float rate, Toy toy) {
    Random random = new Random(42);
    float[] values = Parameters.initial(spec, 1).toArray();
    Backpropagation learning = Kernels.choose(kernel).kernel().backpropagation(spec);
    for (int n = 0; n < BATCHES; n++) {
      float[] gradient = new float[values.length];
      BatchLoss loss = learning.accumulate(values, batch(toy, random), gradient);
      for (int v = 0; v < values.length; v++) {
        values[v] -= rate * gradient[v] / loss.steps();
      }
    }
    return learning
        .accumulate(values, batch(toy, random), new float[values.length])
        .mean();
  }

  private static List<TrainingWindow> batch(Toy toy, Random random) {
    List<TrainingWindow> batch = new ArrayList<>();
    for (int n = 0; n < WINDOWS; n++) {
      batch.add(toy.window(random));
    }
    return batch;
  }

  private static TrainingWindow window(ModelSpec spec, float[] inputs, float[] targets) {
    byte[] mask = new byte[STEPS];
    Arrays.fill(mask, (byte) 1);
    return new TrainingWindow(HiddenState.initial(spec), inputs, targets, mask);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "nd4j"})
  void aCycleOfCategoriesIsKnownBetterThanByTheLastOfThem(String kernel) {
    ModelSpec spec = Models.numeric(4, 1, HIDDEN, Head.CATEGORY, 4);
    double loss = lossAfterLearning(kernel, spec, 2, random -> cycle(spec, random));

    assertThat(loss).isLessThan(bigram() - 0.3);
  }

  static Stream<Arguments> kernelsAndEmbeddings() {
    return Stream.of("scalar", "simd", "nd4j")
        .flatMap(kernel -> Stream.of(0, 3).map(embedding -> Arguments.of(kernel, embedding)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndEmbeddings")
  void soItIsWhereTheCategoryIsAllThatIsKnown(String kernel, int embedding) {
    InputSpec input = new InputSpec(0, Set.of(), List.of(new CategoryInput(4, embedding)), false);
    ModelSpec spec = new ModelSpec(Cell.LSTM, input, 1, HIDDEN, Head.CATEGORY, 4);
    double loss = lossAfterLearning(kernel, spec, 2, random -> cycle(spec, random));

    assertThat(loss).isLessThan(bigram() - 0.3);
  }

  /** What is left to who knows the last symbol alone. */
  private static double bigram() {
    double unigram = entropy(1 / 6.0, 1 / 2.0, 1 / 6.0, 1 / 6.0);
    double bigram = (entropy(1) + entropy(1 / 3.0, 1 / 3.0, 1 / 3.0)) / 2;
    assertThat(bigram).isLessThan(unigram);
    return bigram;
  }

  /** From a place of its own in the cycle; one symbol in ten is drawn instead. */
  private static TrainingWindow cycle(ModelSpec spec, Random random) {
    int place = random.nextInt(CYCLE.length);
    float[] inputs = new float[STEPS * spec.rowWidth()];
    float[] targets = new float[STEPS];
    int symbol = CYCLE[place];
    for (int t = 0; t < STEPS; t++) {
      if (spec.slotCount() > 0) {
        inputs[t] = symbol;
      } else {
        inputs[t * 4 + symbol] = 1;
      }
      int next = CYCLE[(place + t + 1) % CYCLE.length];
      symbol = random.nextDouble() < WRONG ? random.nextInt(4) : next;
      targets[t] = symbol;
    }
    return window(spec, inputs, targets);
  }

  /** Of a symbol in nats, when the cycle alone would give it with these probabilities and the rest are drawn. */
  private static double entropy(double... regular) {
    double[] all = Arrays.copyOf(regular, 4);
    double sum = 0;
    for (double p : all) {
      double noisy = (1 - WRONG) * p + WRONG / 4;
      sum -= noisy * Math.log(noisy);
    }
    return sum;
  }

  /** Who knows the last of two independent values alone is left with half a nat: the mean entropy of a uniform probability. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "nd4j"})
  void whetherAValueIsAboveTheOneBeforeIsLearned(String kernel) {
    ModelSpec spec = Models.numeric(1, 1, HIDDEN, Head.BINARY, 0);
    double loss = lossAfterLearning(
        kernel, spec, 2, random -> pairs(spec, random, (before, now) -> now > before ? 1 : 0));

    assertThat(loss).isLessThan(0.5 - 0.4);
  }

  /** Who knows the last value alone is left with half the variance of what the one before adds. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd", "nd4j"})
  void aSumOfTwoValuesIsLearned(String kernel) {
    ModelSpec spec = Models.numeric(1, 1, HIDDEN, Head.REGRESSION, 0);
    Random noise = new Random(7);
    double loss = lossAfterLearning(
        kernel,
        spec,
        0.2f,
        random ->
            pairs(spec, random, (before, now) -> now - before + NOISE * noise.nextGaussian()));

    assertThat(loss).isLessThan(0.5 / 20);
  }

  private interface OfTwo {
    double target(double before, double now);
  }

  private static TrainingWindow pairs(ModelSpec spec, Random random, OfTwo rule) {
    float[] inputs = new float[STEPS];
    float[] targets = new float[STEPS];
    double before = 0;
    for (int t = 0; t < STEPS; t++) {
      double now = random.nextGaussian();
      inputs[t] = (float) now;
      targets[t] = (float) rule.target(before, now);
      before = now;
    }
    return window(spec, inputs, targets);
  }
}
