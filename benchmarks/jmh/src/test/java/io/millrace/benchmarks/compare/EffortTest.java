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

  @Test
  void aQuickRunAsksTheSlowestForTheFirstSizeOfAnEventOnly() {
    assertThat(Effort.QUICK.sizes(Suite.KERNEL, Side.DEEPLEARNING4J)).containsExactly("F16-H64-L1");
    assertThat(Effort.QUICK.sizes(Suite.KERNEL, Side.ONNXRUNTIME)).hasSize(3);
    assertThat(Effort.QUICK.sizes(Suite.TRAINING, Side.DEEPLEARNING4J)).hasSize(4);
    assertThat(Effort.FULL.sizes(Suite.KERNEL, Side.DEEPLEARNING4J)).hasSize(10);
  }
}
