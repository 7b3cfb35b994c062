package io.millrace.benchmarks.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SizeTest {
  @Test
  void aBatchNamesItsWindowsAndSteps() {
    assertThat(Size.of("B64-T32-F16-H128-L2")).isEqualTo(new Size(64, 32, 16, 128, 2));
  }

  @Test
  void oneEventDoesNot() {
    assertThat(Size.of("F8-H32-L1")).isEqualTo(new Size(1, 1, 8, 32, 1));
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> Size.of("H64"))
        .hasMessage("size rejected: actual=H64. Write it as F16-H64-L1 or B64-T32-F16-H64-L1.");
  }
}
