package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.Kernels;
import io.millrace.model.scoring.KeyState;
import io.millrace.model.scoring.LevelMoments;
import io.millrace.model.scoring.Observation;
import io.millrace.model.scoring.Scored;
import io.millrace.model.scoring.Scorer;
import io.millrace.model.scoring.ScoringSettings;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureBytesTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 3, Head.FORECAST);
  private static final int EVENTS = 9000;

  private final KeyStateCodec codec = new KeyStateCodec(SPEC, StateEncoding.F32);
  private final Scorer scorer = new Scorer(SPEC, ScoringSettings.DEFAULTS);
  private final Weights weights =
      Weights.of(0, Parameters.initial(SPEC, 5), Kernels.choose("scalar").kernel());

  private KeyState after(KeyState state, int n, double... x) {
    return scorer.score(state, new Observation(n, n, x), weights).after();
  }

  /** The mean is moved by less than the last bit that a float of its size has; 1e-5 of the level is what there is to see. */
  @ParameterizedTest
  @CsvSource({"1000, 0.01", "-1e9, 1e4", "1e-9, 1e-12", "0, 1"})
  void aMeanThatDriftsByLessThanAFloatCanTellStillArrives(double level, double noise) {
    Random random = new Random(7);
    KeyState exact = KeyState.fresh(SPEC);
    KeyState stored = exact;
    for (int n = 0; n < EVENTS; n++) {
      double drift = noise * n / EVENTS;
      double x = level + drift + noise * random.nextGaussian();
      exact = after(exact, n, x, -x);
      stored = codec.decode(codec.encode(after(stored, n, x, -x)));
    }

    LevelMoments expected = exact.features().levels();
    LevelMoments actual = stored.features().levels();
    double spread = Math.sqrt(expected.variance()[0]);
    assertThat(actual.mean()[0]).isCloseTo(expected.mean()[0], within(0.01 * spread));
    assertThat(actual.recent()[0]).isCloseTo(expected.recent()[0], within(0.01 * spread));
    assertThat(Math.sqrt(actual.variance()[0])).isCloseTo(spread, within(0.01 * spread));
    assertThat(actual.peak()).isCloseTo(expected.peak(), within(0.05));
  }

  @ParameterizedTest
  @EnumSource
  void aRowReadAndWrittenAgainIsTheSameRow(StateEncoding encoding) {
    KeyStateCodec encoded = new KeyStateCodec(SPEC, encoding);
    Random random = new Random(3);
    KeyState state = KeyState.fresh(SPEC);
    for (int n = 0; n < EVENTS; n++) {
      double scale = Math.pow(10, random.nextInt(30) - 15);
      state = after(state, n, scale * random.nextGaussian(), 1e6 + random.nextGaussian());
      byte[] row = encoded.encode(state);
      state = encoded.decode(row);
      assertThat(encoded.encode(state)).isEqualTo(row);
    }
  }

  @Test
  void whatAFloatCannotHoldLeavesARowThatIsRead() {
    KeyState state = KeyState.fresh(SPEC);
    for (int n = 0; n < 20; n++) {
      double x = n % 2 == 0 ? 1e120 : -1e120;
      Scored scored = scorer.score(state, new Observation(n, n, new double[] {x, 1e-300}), weights);
      state = codec.decode(codec.encode(scored.after()));
    }

    assertThat(state.features().last()[0]).isEqualTo(-Float.MAX_VALUE);
    assertThat(state.steps()).isEqualTo(20);
  }
}
