package io.millrace.topology.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskedLatelyTest {
  private final AskedLately asked = new AskedLately();

  @Test
  void aTextIsAskedForAgainAfterASecondAndNotBefore() {
    assertThat(asked.isDue(0, "a", 5)).isTrue();
    assertThat(asked.isDue(1, "a", 5)).isTrue();
    assertThat(asked.isDue(0, "a", 1004)).isFalse();
    assertThat(asked.isDue(0, "a", 1005)).isTrue();
    assertThat(asked.isDue(0, "a", 2004)).isFalse();
  }

  @Test
  void aFloodOfNewTextsIsBoundedAndPasses() {
    long due = 0;
    for (int n = 0; n < 100_000; n++) {
      due += asked.isDue(0, "text-" + n, 0) ? 1 : 0;
    }

    assertThat(due).isEqualTo(4096);
    assertThat(asked.isDue(0, "late", 1000)).isTrue();
  }
}
