package io.millrace.benchmarks.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentTest {
  private static final Path KEPT = Path.of("docs/performance");
  private static final Path LOGS = Path.of("target/results");
  private static final List<String> NARROWED = List.of("--only 10000/.*", "--variants learn");

  @Test
  void aFullRunIsKeptAndNeedsNoRemark() {
    Extent full = new Extent(false, List.of(), false);

    assertThat(full.directory(KEPT, LOGS)).isEqualTo(KEPT);
    assertThat(full.describe("2 x processor")).isEqualTo("2 x processor");
  }

  @Test
  void aQuickOrNarrowedRunIsNotKeptUnlessAskedFor() {
    assertThat(new Extent(true, List.of(), false).directory(KEPT, LOGS)).isEqualTo(LOGS);
    assertThat(new Extent(false, NARROWED, false).directory(KEPT, LOGS)).isEqualTo(LOGS);
    assertThat(new Extent(true, List.of(), true).directory(KEPT, LOGS)).isEqualTo(KEPT);
    assertThat(new Extent(false, NARROWED, true).directory(KEPT, LOGS)).isEqualTo(KEPT);
  }

  @Test
  void whatIsKeptSaysWhatItIsOf() {
    assertThat(new Extent(true, List.of(), true).describe("2 x processor"))
        .isEqualTo("2 x processor, quick run");
    assertThat(new Extent(true, NARROWED, true).describe("2 x processor"))
        .isEqualTo("2 x processor, quick run with `--only 10000/.* --variants learn`");
    assertThat(new Extent(false, NARROWED, true).describe("2 x processor"))
        .isEqualTo("2 x processor, run with `--only 10000/.* --variants learn`");
  }
}
