package io.millrace.topology.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class YieldRuleTest {
  private static final long MS = 1_000_000;

  private static YieldRule rule(double share) {
    return new YieldRule(new OverloadSettings(share, Duration.ofMillis(500), 1, 0));
  }

  /** Polls of a scorer that stays behind; learns 20 ms after each poll that lets it. */
  private static long learned(YieldRule rule, long fromMs, long untilMs) {
    long learned = 0;
    long now = fromMs * MS;
    while (now < untilMs * MS) {
      if (!rule.mustWait(now, learned)) {
        learned += 20 * MS;
        now += 20 * MS;
      }
      now += 5 * MS;
      rule.observe(true, now, learned);
    }
    return learned / MS;
  }

  @Test
  void theLearnerIsFreeWhileTheScorerKeepsUp() {
    YieldRule rule = rule(0.1);
    for (long now = 0; now < 10_000; now++) {
      rule.observe(now % 400 != 0, now * MS, now * MS); // behind, but never for 500 ms
      assertThat(rule.mustWait(now * MS, now * MS)).isFalse();
    }
  }

  @Test
  void theLearnerHasItsShareWhileTheScorerIsBehind() {
    YieldRule rule = rule(0.1);
    learned(rule, 0, 600);

    assertThat(learned(rule, 600, 60_600)).isBetween(5_900L, 6_100L);
  }

  @Test
  void theLearnerIsFreeAgainWhenTheScorerHasCaughtUp() {
    YieldRule rule = rule(0.1);
    rule.observe(true, 0, 0);
    rule.observe(true, 500 * MS, 0);
    assertThat(rule.mustWait(600 * MS, 100 * MS)).isTrue();

    rule.observe(false, 600 * MS, 100 * MS);

    assertThat(rule.mustWait(600 * MS, 100 * MS)).isFalse();
  }

  @Test
  void anIdleLearnerSavesNoMoreThanASecondsShare() {
    YieldRule rule = rule(0.1);
    rule.observe(true, 0, 0);
    rule.observe(true, 500 * MS, 0);
    assertThat(rule.mustWait(60_000 * MS, 0)).isFalse();

    assertThat(rule.mustWait(60_000 * MS, 99 * MS)).isFalse();
    assertThat(rule.mustWait(60_000 * MS, 101 * MS)).isTrue();
  }

  @Test
  void aShareOfOneIsNoRuleAtAll() {
    YieldRule rule = rule(1);
    rule.observe(true, 0, 0);
    rule.observe(true, 1_000 * MS, 0);

    assertThat(rule.mustWait(2_000 * MS, 1_000 * MS)).isFalse();
  }
}
