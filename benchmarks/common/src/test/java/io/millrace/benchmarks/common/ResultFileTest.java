package io.millrace.benchmarks.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
  @Test
  void whatWasWrittenIsReadByItsColumns(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("results/kernel.csv");
    ResultFile results = new ResultFile("size", "side", "nanos");
    results.add("F16-H64-L1", "simd", 950.1234);
    results.add("F16-H64-L1", "libtorch, lstm", 53211.7);

    results.write(file, "2 x processor");

    assertThat(Files.readAllLines(file)).first().isEqualTo("# 2 x processor");
    assertThat(ResultFile.read(file))
        .containsExactly(
            Map.of("size", "F16-H64-L1", "side", "simd", "nanos", "950.1"),
            Map.of("size", "F16-H64-L1", "side", "libtorch, lstm", "nanos", "53212"));
  }
}
