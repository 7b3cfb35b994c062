package io.millrace.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EffortTest {
  @Test
  void aBatchWarmsUpLongerThanAnEventWhereTimeIsShort() {
    assertThat(Effort.QUICK.warmups(Suite.TRAINING)).isEqualTo(4);
    assertThat(Effort.QUICK.warmups(Suite.KERNEL)).isEqualTo(3);
    assertThat(Effort.QUICK.warmups(Suite.HEAD)).isEqualTo(3);
  }

  @Test
  void aFullRunGivesAllTheSame() {
    assertThat(Suite.values()).extracting(Effort.FULL::warmups).containsOnly(5);
  }
}
