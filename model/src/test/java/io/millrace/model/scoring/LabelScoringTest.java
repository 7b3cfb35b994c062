package io.millrace.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.ScalarKernel;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelScoringTest {
  private static Observation event(long time, double x, OptionalDouble label) {
    return new Observation(time, time, new double[] {x}, new int[0], label);
  }

  private static final class Key {
    private final ModelSpec spec;
    private final Scorer scorer;
    private final Weights weights;
    private KeyState state;

    private Key(Head head) {
      spec = new ModelSpec(Cell.LSTM, 1, 1, 8, head);
      scorer = new Scorer(spec, ScoringSettings.DEFAULTS);
      weights = Weights.of(3, Parameters.initial(spec, 1), new ScalarKernel());
      state = KeyState.fresh(spec);
    }

    private Scored look(long time, double x, OptionalDouble label) {
      return scorer.score(state, event(time, x, label), weights);
    }

    private Key after(int events) {
      Random random = new Random(5);
      for (int n = 0; n < events; n++) {
        double x = random.nextGaussian();
        double label = spec.head() == Head.BINARY ? (x > 0 ? 1 : 0) : 100 + 10 * x;
        state = look(n, x, OptionalDouble.of(label)).after();
      }
      return this;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Head.class,
      names = {"BINARY", "REGRESSION"})
  void aLabelDoesNotChangeThePredictionOfItsOwnEvent(Head head) {
    Key key = new Key(head).after(50);

    double[] unknown = key.look(50, 0.3, OptionalDouble.empty()).judgement().prediction();

    assertThat(key.look(50, 0.3, OptionalDouble.of(0)).judgement().prediction()).isEqualTo(unknown);
    assertThat(key.look(50, 0.3, OptionalDouble.of(1)).judgement().prediction()).isEqualTo(unknown);
    assertThat(key.look(50, -0.3, OptionalDouble.of(1)).judgement().prediction())
        .isNotEqualTo(unknown);
  }

  @ParameterizedTest
  @EnumSource(
      value = Head.class,
      names = {"BINARY", "REGRESSION"})
  void theVeryFirstEventTeachesFromTheInitialState(Head head) {
    Key key = new Key(head);

    Step step = key.look(0, 0.3, OptionalDouble.of(1)).step().orElseThrow();

    assertThat(step.number()).isZero();
    assertThat(step.known()).isTrue();
    assertThat(step.before()).usingRecursiveComparison().isEqualTo(HiddenState.initial(key.spec));
  }

  @Test
  void anEventWithoutALabelTeachesNothingYetAndHasNoSurprise() {
    Scored scored = new Key(Head.BINARY).after(5).look(5, 1, OptionalDouble.empty());

    assertThat(scored.step().orElseThrow().known()).isFalse();
    assertThat(scored.judgement().known()).isFalse();
    assertThat(scored.judgement().surprise()).isZero();
    assertThat(scored.judgement().score()).isBetween(0.3, 0.7);
  }

  @Test
  void theSurpriseOfALabelIsTheLossThatItTeaches() {
    Key key = new Key(Head.BINARY).after(50);

    Judgement judgement = key.look(50, 1, OptionalDouble.of(0)).judgement();

    assertThat(judgement.surprise())
        .isCloseTo(-Math.log(1 - judgement.prediction()[0]), within(1e-6));
    assertThat(judgement.score()).isEqualTo(judgement.prediction()[0]);
  }

  @Test
  void theEventItselfIsInTheStateThatIsKept() {
    Key key = new Key(Head.BINARY).after(5);

    KeyState low = key.look(5, -3, OptionalDouble.empty()).after();
    KeyState high = key.look(5, 3, OptionalDouble.empty()).after();

    assertThat(low.hidden().h()).isNotEqualTo(high.hidden().h());
    assertThat(low.input()).isEmpty();
  }

  @Test
  void aRegressionPredictsInTheUsersUnitsAndAWildErrorIsAnAlarm() {
    Key key = new Key(Head.REGRESSION).after(500);

    Judgement ordinary = key.look(500, 0.2, OptionalDouble.of(103)).judgement();
    Judgement wild = key.look(500, 0.2, OptionalDouble.of(900)).judgement();

    assertThat(ordinary.prediction()[0]).isBetween(90.0, 110.0);
    assertThat(ordinary.score()).isLessThan(0.5);
    assertThat(wild.score()).isGreaterThan(0.5);
    assertThat(wild.surprise()).isFinite();
  }
}
