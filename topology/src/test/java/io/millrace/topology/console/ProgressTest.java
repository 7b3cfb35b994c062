package io.millrace.topology.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter err = new StringWriter();

  @AfterEach
  void noTerminal() {
    System.clearProperty(Progress.TERMINAL);
  }

  private void work(OptionalLong total) {
    try (Progress progress = new Progress(new PrintWriter(err), "scored", "rows", total)) {
      for (int n = 0; n < 1000; n++) {
        progress.step();
      }
      progress.line("something happened");
    }
  }

  @Test
  void aFileGetsPlainLinesAndFewOfThem() {
    work(OptionalLong.of(1000));

    assertThat(err.toString().lines()).hasSizeLessThanOrEqualTo(3).contains("something happened");
    assertThat(err.toString())
        .containsPattern("(?m)^scored 1000 of 1000 rows, \\d+/s$")
        .doesNotContain("\r", "\u001b");
  }

  @Test
  void anUnknownTotalIsNotMadeUp() {
    work(OptionalLong.empty());

    assertThat(err.toString()).containsPattern("(?m)^scored 1000 rows, \\d+/s$");
  }

  @Test
  void aTerminalGetsABarBelowTheLines() {
    System.setProperty(Progress.TERMINAL, "true");

    work(OptionalLong.of(1000));

    assertThat(err.toString()).contains("\r\u001b[2Ksomething happened\n", "1000/1000");
  }
}
