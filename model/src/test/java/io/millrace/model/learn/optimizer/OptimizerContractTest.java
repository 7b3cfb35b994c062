package io.millrace.model.learn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.learn.optimizer.OptimizerSettings.Kind;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every optimizer. */
class OptimizerContractTest {
  private static final int SIZE = 37;

  /** A rate at which each rule gets to the bottom of a bowl, and no decay that would pull it from there. */
  private static OptimizerSettings settings(Kind kind) {
    double rate = switch (kind) {
      case SGD -> 0.02;
      case ADAGRAD -> 0.5;
      case RMSPROP, ADAM, ADAMW -> 0.02;
    };
    return OptimizerSettings.of(kind, rate).withWeightDecay(0);
  }

  private static float[] gaussians(long seed, int size) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int n = 0; n < size; n++) {
      values[n] = (float) random.nextGaussian();
    }
    return values;
  }

  /** f = sum over n of a_n (w_n - 1)^2 / 2, a_n from 0.1 to 1. */
  private static double bowl(float[] values, float[] gradient) {
    double loss = 0;
    for (int n = 0; n < values.length; n++) {
      double a = 0.1 + 0.9 * n / (values.length - 1);
      double off = values[n] - 1.0;
      loss += a * off * off / 2;
      gradient[n] = (float) (a * off);
    }
    return loss;
  }

  /** f = (1 - x)^2 + 100 (y - x^2)^2, Rosenbrock's bent valley; its floor is 0, at (1, 1). */
  private static double valley(float[] at, float[] gradient) {
    double x = at[0];
    double y = at[1];
    double across = y - x * x;
    gradient[0] = (float) (-2 * (1 - x) - 400 * x * across);
    gradient[1] = (float) (200 * across);
    return (1 - x) * (1 - x) + 100 * across * across;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theBottomOfABowlIsFound(Kind kind) {
    Optimizer optimizer = new Optimizer(settings(kind), SIZE);
    float[] values = gaussians(5, SIZE);
    float[] gradient = new float[SIZE];
    double before = bowl(values, gradient);

    for (int n = 0; n < 2000; n++) {
      bowl(values, gradient);
      optimizer.step(values, gradient);
    }

    assertThat(bowl(values, gradient)).isLessThan(2e-3 * before);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aBentValleyIsFollowedUnderClipping(Kind kind) {
    Optimizer optimizer = new Optimizer(settings(kind), 2);
    GradientGuard guard = new GradientGuard(1);
    float[] values = {-1.2f, 1};
    float[] gradient = new float[2];

    for (int n = 0; n < 5000; n++) {
      valley(values, gradient);
      guard.admit(gradient, 1);
      optimizer.step(values, gradient);
    }

    assertThat(valley(values, gradient)).isLessThan(0.1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theFirstStepsAreThoseOfTheFormulas(Kind kind) {
    OptimizerSettings settings = OptimizerSettings.of(kind, 0.01).withWeightDecay(0.1);
    Optimizer optimizer = new Optimizer(settings, SIZE);
    float[] values = gaussians(7, SIZE);
    double[] expected = new double[SIZE];
    for (int n = 0; n < SIZE; n++) {
      expected[n] = values[n];
    }
    TextbookRule textbook = new TextbookRule(settings, SIZE);

    for (int t = 1; t <= 5; t++) {
      float[] gradient = gaussians(100 + t, SIZE);
      optimizer.step(values, gradient);
      textbook.step(expected, gradient, t);
      for (int n = 0; n < SIZE; n++) {
        assertThat((double) values[n]).isCloseTo(expected[n], within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aStateTakenMidwayGoesOnBitForBit(Kind kind) {
    RateSchedule schedule = new RateSchedule(15, RateSchedule.Decay.EXPONENTIAL, 40);
    OptimizerSettings settings = settings(kind).withSchedule(schedule);
    Optimizer undisturbed = new Optimizer(settings, SIZE);
    float[] values = gaussians(11, SIZE);
    for (int n = 0; n < 10; n++) {
      undisturbed.step(values, gaussians(200 + n, SIZE));
    }
    Optimizer restored = Optimizer.restored(settings, SIZE, undisturbed.state());
    float[] other = values.clone();

    for (int n = 10; n < 30; n++) {
      undisturbed.step(values, gaussians(200 + n, SIZE));
      restored.step(other, gaussians(200 + n, SIZE));
    }

    assertThat(other).isEqualTo(values);
    assertThat(restored.state()).usingRecursiveComparison().isEqualTo(undisturbed.state());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aStateIsACopy(Kind kind) {
    Optimizer optimizer = new Optimizer(settings(kind), SIZE);
    float[] values = gaussians(13, SIZE);
    optimizer.step(values, gaussians(14, SIZE));
    OptimizerState state = optimizer.state();
    float[] moment = state.moments()[0].clone();

    optimizer.step(values, gaussians(15, SIZE));

    assertThat(state.moments()[0]).isEqualTo(moment);
    assertThat(optimizer.state().moments()[0]).isNotEqualTo(moment);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void noGradientAndNoDecayMoveNothing(Kind kind) {
    Optimizer optimizer = new Optimizer(settings(kind), SIZE);
    float[] values = gaussians(17, SIZE);
    float[] before = values.clone();

    for (int n = 0; n < 3; n++) {
      optimizer.step(values, new float[SIZE]);
    }

    assertThat(values).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void decayAlonePullsTowardsZero(Kind kind) {
    Optimizer optimizer =
        new Optimizer(OptimizerSettings.of(kind, 1e-3).withWeightDecay(0.1), SIZE);
    float[] values = gaussians(19, SIZE);
    float[] before = values.clone();

    optimizer.step(values, new float[SIZE]);

    for (int n = 0; n < SIZE; n++) {
      assertThat(Math.abs(values[n])).isLessThan(Math.abs(before[n]));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void afterAResetTheNextStepIsAFirstStepAtTheDecayedRate(Kind kind) {
    RateSchedule halving = new RateSchedule(0, RateSchedule.Decay.EXPONENTIAL, 1);
    Optimizer used = new Optimizer(settings(kind).withSchedule(halving), SIZE);
    used.step(gaussians(23, SIZE), gaussians(24, SIZE));
    used.reset();
    float[] actual = new float[SIZE];
    used.step(actual, gaussians(25, SIZE));

    Optimizer fresh = new Optimizer(settings(kind).withSchedule(halving), SIZE);
    float[] expected = new float[SIZE];
    fresh.step(expected, gaussians(25, SIZE));

    for (int n = 0; n < SIZE; n++) {
      assertThat(actual[n]).isCloseTo(expected[n] / 2, within(1e-7f));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anotherKindsStateIsRefusedByName(Kind kind) {
    Kind other = Kind.values()[(kind.ordinal() + 1) % Kind.values().length];
    OptimizerState foreign = new Optimizer(settings(other), SIZE).state();

    assertThatThrownBy(() -> Optimizer.restored(settings(kind), SIZE, foreign))
        .hasMessage("optimizer state rejected: field=kind, expected=" + kind + ", actual=" + other
            + ". Reset the learner or configure the optimizer that made it.");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anotherModelsStateIsRefusedByLength(Kind kind) {
    OptimizerState foreign = new Optimizer(settings(kind), SIZE + 1).state();

    assertThatThrownBy(() -> Optimizer.restored(settings(kind), SIZE, foreign))
        .hasMessage("optimizer state rejected: field=length of moment 0, expected=37, actual=38."
            + " Reset the learner or configure the optimizer that made it.");
  }

  @Test
  void aGradientOfAnotherLengthIsRefused() {
    Optimizer optimizer = new Optimizer(settings(Kind.ADAM), 3);

    assertThatThrownBy(() -> optimizer.step(new float[3], new float[4]))
        .hasMessage("optimizer step rejected: field=length of gradient, expected=3, actual=4.");
  }

  @Test
  void aFigureOutOfItsRangeIsRefusedByName() {
    assertThatThrownBy(() -> OptimizerSettings.of(Kind.SGD, 0.1).withMomentum(1))
        .hasMessage("optimizer settings rejected: field=momentum, expected=from 0 to under 1,"
            + " actual=1.0.");
  }
}
