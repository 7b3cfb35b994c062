package io.millrace.benchmarks.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.common.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
  private static final List<String> PARTS =
      List.of("kernel", "training", "throughput", "latency", "growth");

  @TempDir
  private Path docs;

  @BeforeAll
  static void withoutScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @BeforeEach
  void writePage() throws IOException {
    Files.writeString(
        docs.resolve("performance.md"),
        PARTS.stream()
            .map(part -> "<!-- " + part + " -->\n<!-- end -->\n")
            .collect(Collectors.joining("\n")));
  }

  private String draw() throws IOException {
    new Charts(docs).draw();
    return Files.readString(docs.resolve("performance.md"));
  }

  @Test
  void whereNothingWasMeasuredThePageSaysHowItIs() throws IOException {
    String page = draw();

    assertThat(PARTS)
        .allSatisfy(part -> assertThat(page)
            .contains("<!-- " + part + " -->\n\nNothing measured yet: `./benchmarks/run " + part
                + "` fills this part, or with `--quick --keep` a part of it.\n\n<!-- end -->"));
    assertThat(docs.resolve("performance")).isEmptyDirectory();
  }

  @Test
  void aQuickRunSaysSoBesideItsMachine() throws IOException {
    ResultFile results = new ResultFile(
        "keys",
        "guarantee",
        "threads",
        "variant",
        "eventsPerSecond",
        "cpuMicrosPerEvent",
        "spread",
        "ofCeiling",
        "windowsBehind");
    results.add(10_000, "exactly_once_v2", 1, "ceiling", 90_000, 12.5, 0.0, 1.0, 0);
    results.add(10_000, "exactly_once_v2", 1, "learn", 60_000, 18.5, 0.0, 0.6667, 40);
    results.add(10_000, "at_least_once", 1, "ceiling", 95_000, 12.0, 0.0, 1.0, 0);
    results.write(
        docs.resolve("performance/throughput-jdk17.csv"), "2 x processor, load 0.12, quick run");

    String page = draw();

    assertThat(page)
        .contains("2 x processor, load 0.12, quick run:\n\n| keys | guarantee |")
        .contains("| 10000 | exactly_once_v2 | 1 | learn | 60000 | 18.50 | 0.000 | 0.6667 | 40 |")
        .contains("./benchmarks/run latency`");
    assertThat(docs.resolve("performance/throughput-jdk17.png")).isNotEmptyFile();
  }

  @Test
  void drawingAgainChangesNothing() throws IOException {
    String once = draw();

    assertThat(draw()).isEqualTo(once);
  }

  @Test
  void aRunThatMeasuredNothingCountsAsNone() throws IOException {
    new ResultFile("guarantee", "learning", "load")
        .write(docs.resolve("performance/latency-jdk17.csv"), "2 x processor, run");

    assertThat(draw()).contains("Nothing measured yet: `./benchmarks/run latency`");
  }
}
