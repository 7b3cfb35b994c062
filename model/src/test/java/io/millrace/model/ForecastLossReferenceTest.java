package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.kernel.Network;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.learn.TrainingWindow;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The forecast head's likelihood, the one that judges events, is the loss that libtorch was given to differentiate. */
class ForecastLossReferenceTest {
  static Stream<GradientReference> references() {
    return GradientReference.all()
        .filter(reference -> reference.file().spec().head() == Head.FORECAST);
  }

  @ParameterizedTest
  @MethodSource("references")
  void theLossOfABatchIsTheOneOfLibtorch(GradientReference reference) {
    Loss loss = new Loss(reference.file().parameters());

    reference.windows().forEach(loss::add);

    assertThat(loss.steps).isEqualTo(reference.steps());
    assertThat(loss.sum).isCloseTo(reference.lossSum(), within(1e-5 * reference.lossSum()));
  }

  private static final class Loss {
    private final Network network;
    private final ForecastHead head;
    private long steps;
    private double sum;

    Loss(Parameters parameters) {
      this.network = new ScalarKernel().load(parameters);
      this.head = new ForecastHead(parameters);
    }

    void add(TrainingWindow window) {
      int width = network.spec().rowWidth();
      HiddenState state = window.initial();
      for (int t = 0; t < window.steps(); t++) {
        float[] x = Arrays.copyOfRange(window.inputs(), t * width, (t + 1) * width);
        float[] target = Arrays.copyOfRange(window.targets(), t * width, (t + 1) * width);
        HiddenState after = HiddenState.initial(network.spec());
        network.step(x, state, after);
        if (window.known(t)) {
          steps++;
          sum += lossOf(x, after, target);
        }
        state = after;
      }
    }

    private double lossOf(float[] x, HiddenState state, float[] target) {
      float[] y = new float[network.spec().outputs()];
      float[] mean = new float[x.length];
      float[] logVariance = new float[x.length];
      network.project(state, y);
      head.predict(x, y, mean, logVariance);
      double loss = 0;
      for (int f = 0; f < x.length; f++) {
        double z = ForecastHead.standardized(target[f], mean[f], logVariance[f]);
        loss += ForecastHead.negativeLogLikelihood(z, logVariance[f]);
      }
      return loss / x.length;
    }
  }
}
