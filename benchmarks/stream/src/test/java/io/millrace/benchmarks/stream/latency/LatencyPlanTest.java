package io.millrace.benchmarks.stream.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.stream.application.Variant;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyPlanTest {
  private static final List<Case> CASES = Case.of(EnumSet.allOf(Variant.class));

  private static Duration expected(LatencyPlan plan) {
    return plan.expected(
        CASES,
        CASES.stream().filter(one -> plan.halved().contains(one.guarantee())).toList());
  }

  @Test
  void aQuickRunIsOverInLessThanFiveMinutesAndAFullOneInThirtyFive() {
    assertThat(expected(LatencyPlan.QUICK)).isLessThan(Duration.ofSeconds(280));
    assertThat(expected(LatencyPlan.FULL)).isLessThan(Duration.ofMinutes(35));
  }

  @Test
  void withoutHalfOfTheMaximumNothingIsSentBeforehand() {
    LatencyPlan plan = LatencyPlan.QUICK;
    Case one = CASES.get(0);
    Duration halfAlone = plan.expected(List.of(), List.of(one));

    assertThat(plan.expected(List.of(one), List.of())).isLessThan(halfAlone);
  }
}
