package io.millrace.model.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Cell;
import io.millrace.model.Half;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.model.Parameters;
import io.millrace.model.Weights;
import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.scoring.ScoringSettings.LateEvents;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScorerTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 2, 1, 8, Head.FORECAST);
  private static final Weights WEIGHTS =
      Weights.of(0, Parameters.initial(SPEC, 1), new ScalarKernel());
  private static final ScoringSettings DEFAULTS = ScoringSettings.DEFAULTS;

  /** The score that is worth an alarm. */
  private static final double ALARM = 0.5;

  private final Scorer scorer = new Scorer(SPEC, DEFAULTS);

  private Scored score(KeyState before, long time, double a, double b) {
    return scorer.score(before, new Observation(time, time, new double[] {a, b}), WEIGHTS);
  }

  private KeyState after(int events) {
    Random random = new Random(7);
    KeyState state = KeyState.fresh(SPEC);
    for (int n = 0; n < events; n++) {
      state = score(state, n, 20 + random.nextGaussian(), 1e6 + 100 * random.nextGaussian())
          .after();
    }
    return state;
  }

  @Test
  void anOutlierScoresHigherThanAnOrdinaryEvent() {
    KeyState state = after(500);

    double ordinary = score(state, 500, 20.3, 1e6 + 50).judgement().score();
    double outlier = score(state, 500, 90, 1e6 + 9000).judgement().score();

    assertThat(outlier).isBetween(ALARM, 1.0);
    assertThat(ordinary).isBetween(0.0, ALARM);
  }

  @Test
  void theForecastIsInTheUsersUnits() {
    KeyState state = score(after(500), 500, 21, 1e6 + 80).after();

    double[] prediction = score(state, 501, 0, 0).judgement().prediction();

    assertThat(prediction[0]).isBetween(20.5, 21.5);
    assertThat(prediction[1]).isBetween(1e6 + 30, 1e6 + 130);
  }

  @Test
  void theForecastDoesNotDependOnTheEventItself() {
    KeyState state = after(50);

    assertThat(score(state, 50, -5, 3).judgement().prediction())
        .isEqualTo(score(state, 50, 500, 7).judgement().prediction());
  }

  @Test
  void scoresDependOnTheHiddenState() {
    KeyState state = after(50);
    KeyState forgetful = new KeyState(
        state.steps(),
        state.lastTime(),
        state.lastSeen(),
        state.windowStart(),
        KeyState.fresh(SPEC).hidden(),
        state.input(),
        state.features(),
        state.surprise(),
        state.labels(),
        state.kept());

    assertThat(score(state, 50, 20, 1e6).judgement().surprise())
        .isNotEqualTo(score(forgetful, 50, 20, 1e6).judgement().surprise());
  }

  @Test
  void anEventTeachesTheForecastItWasHeldAgainst() {
    KeyState state = after(50);

    Step step = score(state, 50, 21, 1e6).step().orElseThrow();

    assertThat(step.number()).isEqualTo(50);
    assertThat(step.before()).isSameAs(state.hidden());
    assertThat(step.input()).isSameAs(state.input());
    assertThat(step.target()[0]).isEqualTo(Half.rounded((float)
        state.features().usual().inUnits(0, state.features().last()[0], 21)));
  }

  @Test
  void nothingIsLearnedFromAFirstEventALateOneOrOneAfterAGap() {
    Scorer gapped = new Scorer(
        SPEC, new ScoringSettings(100, 1000, 1000, 5, 1000, 100, 1000, LateEvents.SCORE, 1000));
    Observation afterGap = new Observation(5000, 5000, new double[] {20, 1e6});

    assertThat(score(KeyState.fresh(SPEC), 0, 20, 1e6).step()).isEmpty();
    assertThat(score(after(50), 10, 20, 1e6).step()).isEmpty();
    assertThat(gapped.score(after(50), afterGap, WEIGHTS).step()).isEmpty();
  }

  @Test
  void newWeightsHaveTheirSayInTheVeryNextForecast() {
    KeyState state = after(50);
    Weights other = Weights.of(1, Parameters.initial(SPEC, 2), new ScalarKernel());
    Observation event = new Observation(50, 50, new double[] {20, 1e6});

    Judgement before = scorer.score(state, event, WEIGHTS).judgement();
    Judgement after = scorer.score(state, event, other).judgement();

    assertThat(after.weightsVersion()).isEqualTo(1);
    assertThat(after.prediction()).isNotEqualTo(before.prediction());
  }

  @Test
  void warmupIsFlaggedAndEnds() {
    assertThat(score(after(99), 99, 20, 1e6).judgement().warmup()).isTrue();
    assertThat(score(after(100), 100, 20, 1e6).judgement().warmup()).isFalse();
  }

  @Test
  void aLateEventIsJudgedButNotRemembered() {
    KeyState state = after(50);

    Scored late = score(state, 10, 20, 1e6);

    assertThat(late.judgement().late()).isTrue();
    assertThat(late.after()).isSameAs(state);
  }

  @Test
  void aLateEventIsRefusedWhereTheSettingsSaySo() {
    Scorer strict = new Scorer(
        SPEC,
        new ScoringSettings(
            100, 1000, 1000, 5, 1000, 100, 1000, LateEvents.DEAD_LETTER, Long.MAX_VALUE));

    assertThatThrownBy(() ->
            strict.score(after(50), new Observation(10, 10, new double[] {1, 2}), WEIGHTS))
        .isInstanceOf(LateEventException.class)
        .hasMessage(
            "event rejected: field=time, actual=10, last=49. Set event.late=score to judge late events without"
                + " remembering them.");
  }

  @Test
  void aLongSilenceRestartsTheSequenceButKeepsTheStatistics() {
    Scorer gapped = new Scorer(
        SPEC, new ScoringSettings(100, 1000, 1000, 5, 1000, 100, 1000, LateEvents.SCORE, 1000));
    KeyState state = after(50);

    Scored scored =
        gapped.score(state, new Observation(49 + 1001, 0, new double[] {20, 1e6}), WEIGHTS);

    assertThat(scored.judgement().restarted()).isTrue();
    assertThat(scored.after().steps()).isEqualTo(51);
  }

  @Test
  void aFlatSeriesStaysFiniteAndItsFirstChangeIsSurprising() {
    KeyState state = KeyState.fresh(SPEC);
    for (int n = 0; n < 200; n++) {
      Scored scored = score(state, n, 45, 0);
      assertThat(scored.judgement().surprise()).isFinite();
      state = scored.after();
    }
    state = score(state, 200, 46, 0).after();

    assertThat(score(state, 201, 99, 5).judgement().score()).isBetween(0.5, 1.0);
  }

  @Test
  void aLevelNeverShownBeforeIsAnAlarm() {
    KeyState state = after(500);
    float highest = state.features().extremes().high()[0];

    assertThat(score(state, 500, highest + 0.1, 1e6).judgement().score()).isGreaterThan(ALARM);
    assertThat(score(state, 500, highest - 0.1, 1e6).judgement().score()).isLessThan(ALARM);
  }

  @Test
  void aLevelThatShiftsWithinItsRangeIsNoticed() {
    KeyState state = after(500);
    double highest = 0;
    for (int n = 500; n < 515; n++) {
      Scored scored = score(state, n, 22, 1e6);
      highest = Math.max(highest, scored.judgement().score());
      state = scored.after();
    }

    assertThat(state.features().extremes().high()[0]).isGreaterThan(22);
    assertThat(highest).isGreaterThan(ALARM);
  }

  @Test
  void oneWildReadingDoesNotDrownTheMeanSurprise() {
    KeyState state = after(500);

    double wild = score(state, 500, 1e9, 1e6).judgement().surprise();

    assertThat(wild).isEqualTo(score(state, 500, 1e12, 1e6).judgement().surprise());
  }

  @Test
  void theSameAgainIsNoNews() {
    KeyState state = after(500);
    Scored first = score(state, 500, 90, 1e6);
    KeyState settled = first.after();
    for (int n = 501; n < 520; n++) {
      settled = score(settled, n, 20, 1e6).after();
    }

    assertThat(first.judgement().score()).isGreaterThan(ALARM);
    assertThat(score(settled, 520, 90, 1e6).judgement().score()).isLessThan(ALARM);
  }

  @Test
  void theTailIsThatOfStudentsDistribution() {
    assertThat(Tail.above(0)).isEqualTo(0.5);
    assertThat(Tail.above(2.131847)).isCloseTo(0.05, within(1e-7));
    assertThat(Tail.above(7.99999)).isCloseTo(Tail.above(8.00001), within(1e-8));
    assertThat(Tail.above(1000)).isPositive().isLessThan(1e-10);
  }
}
