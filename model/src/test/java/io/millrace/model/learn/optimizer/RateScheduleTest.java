package io.millrace.model.learn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.learn.optimizer.RateSchedule.Decay;
import org.junit.jupiter.api.Test;

class RateScheduleTest {

  @Test
  void theWarmUpRisesInEqualStepsToTheFullRate() {
    RateSchedule schedule = new RateSchedule(4, Decay.NONE, 1);

    assertThat(schedule.factor(1, 1)).isEqualTo(0.25);
    assertThat(schedule.factor(3, 3)).isEqualTo(0.75);
    assertThat(schedule.factor(4, 4)).isEqualTo(1);
    assertThat(schedule.factor(1000, 1000)).isEqualTo(1);
  }

  @Test
  void theRateHalvesEveryHorizonAfterTheWarmUp() {
    RateSchedule schedule = new RateSchedule(10, Decay.EXPONENTIAL, 100);

    assertThat(schedule.factor(10, 10)).isEqualTo(1);
    assertThat(schedule.factor(110, 110)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.factor(310, 310)).isCloseTo(0.125, within(1e-12));
  }

  @Test
  void theInverseRootHalvesAfterThreeHorizons() {
    RateSchedule schedule = new RateSchedule(0, Decay.INVERSE_SQRT, 100);

    assertThat(schedule.factor(300, 300)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void freshMomentsWarmUpAgainAtTheRateThatLearningHasComeDownTo() {
    RateSchedule schedule = new RateSchedule(10, Decay.EXPONENTIAL, 100);

    assertThat(schedule.factor(5, 110)).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void aHorizonOfNothingIsRefused() {
    assertThatThrownBy(() -> new RateSchedule(0, Decay.NONE, 0))
        .hasMessage("rate schedule rejected: field=horizon, expected=above 0, actual=0.0.");
  }
}
