package io.millrace.benchmarks.charts;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows as a table of Markdown. */
record Table(List<String> columns) {
  String of(Results results) {
    return line(columns)
        + line(columns.stream().map(column -> "---").toList())
        + results.rows().stream().map(this::row).collect(Collectors.joining());
  }

  private String row(Map<String, String> row) {
    return line(columns.stream().map(row::get).toList());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
