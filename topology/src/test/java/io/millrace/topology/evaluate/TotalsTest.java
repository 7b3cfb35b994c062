package io.millrace.topology.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTest {
  @Test
  void forecastErrorsAreInStandardDeviationsOfTheWarmUpRows() {
    ForecastErrors errors = new ForecastErrors(2, 4);
    for (double x : new double[] {1, 3, 1, 3}) {
      errors.add(List.of(x, 10 * x), List.of(99.0, 99.0)); // deviations 1 and 10
    }
    errors.add(List.of(2.0, 20.0), List.of(3.0, 40.0)); // 1 and 2 of them off
    errors.add(List.of(2.0, 20.0), List.of(2.0, 20.0));

    assertThat(errors.judged()).isEqualTo(2);
    assertThat(errors.squaredError()).isCloseTo((1 + 4) / 2.0, within(1e-12));
    assertThat(errors.absoluteError()).isCloseTo((1 + 2) / 2.0, within(1e-12));
  }

  @Test
  void withoutAUnitNoForecastIsJudged() {
    ForecastErrors none = new ForecastErrors(1, 0);
    ForecastErrors still = new ForecastErrors(1, 2);
    for (ForecastErrors errors : List.of(none, still)) {
      for (int n = 0; n < 5; n++) {
        errors.add(List.of(7.0), List.of(8.0));
      }
      assertThat(errors.judged()).isZero();
    }
  }

  @Test
  void tenthsAreExactForShortSeriesAndNearlySoForLongOnes() {
    Tenths brief = new Tenths();
    Tenths lengthy = new Tenths();
    for (int n = 0; n < 1_000_000; n++) {
      if (n < 100) {
        brief.add(n);
      }
      lengthy.add(n);
    }

    assertThat(brief.first()).isEqualTo(4.5);
    assertThat(brief.last()).isEqualTo(94.5);
    assertThat(lengthy.first()).isCloseTo(49_999.5, within(1000.0));
    assertThat(lengthy.last()).isCloseTo(949_999.5, within(1000.0));
  }
}
