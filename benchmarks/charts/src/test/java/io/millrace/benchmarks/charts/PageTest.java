package io.millrace.benchmarks.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir
  private Path dir;

  private Path page(String text) throws IOException {
    return Files.writeString(dir.resolve("page.md"), text);
  }

  @Test
  void onlyTheNamedPartIsGeneratedAnew() throws IOException {
    Path file = page(
        "# Title\n<!-- kernel -->\nold\n<!-- end -->\nText.\n<!-- other -->\nx\n<!-- end -->\n");
    Page page = new Page(file);

    page.put("kernel", "new\n");
    page.write();

    assertThat(Files.readString(file))
        .isEqualTo(
            "# Title\n<!-- kernel -->\nnew\n<!-- end -->\nText.\n<!-- other -->\nx\n<!-- end -->\n");
  }

  @Test
  void aPageWithoutAPlaceIsRefused() throws IOException {
    Page page = new Page(page("# Title\n"));

    assertThatThrownBy(() -> page.put("kernel", "new\n"))
        .hasMessageContaining("expected=<!-- kernel --> and <!-- end -->.");
  }

  @Test
  void aTableHasTheColumnsThatAreAskedFor() {
    Results results = new Results("2 x processor", List.of(Map.of("a", "1", "b", "2", "c", "3")));

    assertThat(new Table(List.of("c", "a")).of(results))
        .isEqualTo("| c | a |\n| --- | --- |\n| 3 | 1 |\n");
  }

  @Test
  void barsAreDrawn() throws IOException {
    Path file = dir.resolve("bars.png");

    new Bars("Title", "axis", true)
        .draw(List.of("x", "y"), List.of("s"), (group, one) -> 10.0, file);

    assertThat(file).isNotEmptyFile();
  }
}
