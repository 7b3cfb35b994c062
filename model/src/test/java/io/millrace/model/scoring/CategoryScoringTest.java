package io.millrace.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.CategoryInput;
import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.HiddenState;
import io.millrace.model.InputSpec;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.scoring.ScoringSettings.LateEvents;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CategoryScoringTest {
  private static final ModelSpec SPEC = new ModelSpec(
      Cell.LSTM,
      new InputSpec(0, Set.of(), List.of(new CategoryInput(5, 0)), false),
      1,
      8,
      Head.CATEGORY,
      5);
  private static final Weights WEIGHTS =
      Weights.of(0, Parameters.initial(SPEC, 1), new ScalarKernel());

  private final Scorer scorer = new Scorer(SPEC, ScoringSettings.DEFAULTS);

  private static Observation event(long time, int category) {
    return new Observation(time, time, new double[0], new int[] {category}, OptionalDouble.empty());
  }

  private Scored score(KeyState before, long time, int category) {
    return scorer.score(before, event(time, category), WEIGHTS);
  }

  private KeyState after(int events) {
    KeyState state = KeyState.fresh(SPEC);
    for (int n = 0; n < events; n++) {
      state = score(state, n, n % 5).after();
    }
    return state;
  }

  @Test
  void ranksAndProbabilitiesAreThoseOfOneDistribution() {
    KeyState state = after(20);
    double sum = 0;
    int ranks = 0;
    for (int category = 0; category < 5; category++) {
      Judgement judgement = score(state, 20, category).judgement();
      sum += judgement.prediction()[1];
      ranks += (int) judgement.prediction()[0];
      assertThat(judgement.surprise())
          .isCloseTo(-Math.log(judgement.prediction()[1]), within(1e-9));
    }

    assertThat(sum).isCloseTo(1, within(1e-6));
    assertThat(ranks).isEqualTo(15);
  }

  @Test
  void theFirstEventOfASequenceIsPredictedFromNothingAndTeaches() {
    Scored scored = score(KeyState.fresh(SPEC), 0, 3);

    Step step = scored.step().orElseThrow();
    assertThat(step.number()).isZero();
    assertThat(step.input()).containsExactly(-1);
    assertThat(step.target()).containsExactly(3);
    assertThat(step.before()).usingRecursiveComparison().isEqualTo(HiddenState.initial(SPEC));
    assertThat(scored.after().input()).containsExactly(3);
  }

  @Test
  void theSecondEventIsPredictedFromTheFirst() {
    KeyState state = score(KeyState.fresh(SPEC), 0, 3).after();

    Step step = score(state, 1, 4).step().orElseThrow();

    assertThat(step.input()).containsExactly(3);
    assertThat(step.before()).isSameAs(state.hidden());
    assertThat(step.before().h()).doesNotContain(0f);
  }

  @Test
  void aSequenceThatBeginsAnewIsPredictedAsTheFirstWas() {
    Scorer gapped = new Scorer(
        SPEC, new ScoringSettings(100, 1000, 1000, 5, 1000, 100, 1000, LateEvents.SCORE, 1000));

    Scored first = gapped.score(KeyState.fresh(SPEC), event(0, 2), WEIGHTS);
    Scored again = gapped.score(after(50), event(5000, 2), WEIGHTS);

    assertThat(again.judgement().restarted()).isTrue();
    assertThat(again.judgement().prediction()).isEqualTo(first.judgement().prediction());
    assertThat(again.step().orElseThrow().number()).isEqualTo(50);
  }
}
