package io.millrace.benchmarks.charts;

import io.millrace.benchmarks.common.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The rows of one benchmark's CSV file. */
record Results(String machine, List<Map<String, String>> rows) {
  static Results read(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      String machine = lines.findFirst().orElseThrow().replaceFirst("^# *", "");
      return new Results(machine, ResultFile.read(file));
    }
  }

  Results where(Predicate<Map<String, String>> wanted) {
    return new Results(machine, rows.stream().filter(wanted).toList());
  }

  Results where(String column, String value) {
    return where(row -> row.get(column).equals(value));
  }

  /** Each value of a column once, in the order of the rows. */
  List<String> values(String column) {
    return List.copyOf(
        new LinkedHashSet<>(rows.stream().map(row -> row.get(column)).toList()));
  }

  /** The figure of the one row that says so; NaN where there is none. */
  double figure(String column, Predicate<Map<String, String>> wanted) {
    return rows.stream()
        .filter(wanted)
        .findFirst()
        .map(row -> Double.parseDouble(row.get(column)))
        .orElse(Double.NaN);
  }
}
