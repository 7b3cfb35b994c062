package io.millrace.benchmarks.common;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** A benchmark's results as CSV; its first line, a comment, says what they are of. */
public final class ResultFile {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setCommentMarker('#').setRecordSeparator('\n').get();

  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  public ResultFile(String... columns) {
    this.columns = List.of(columns);
  }

  /** Numbers with a fraction are written with four significant digits. */
  public void add(Object... values) {
    rows.add(List.of(values).stream().map(ResultFile::rounded).toList());
  }

  private static Object rounded(Object value) {
    return value instanceof Double number ? fourDigits(number) : value;
  }

  private static String fourDigits(double number) {
    return Math.abs(number) >= 1000
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.4g", number);
  }

  /** @param of the machine, and what was left out */
  public void write(Path file, String of) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (Writer writer = Files.newBufferedWriter(file);
        CSVPrinter printer = new CSVPrinter(writer, FORMAT)) {
      printer.printComment(of);
      printer.printRecord(columns);
      printer.printRecords(rows);
    }
  }

  /** The rows of a file, each by its columns' names. */
  public static List<Map<String, String>> read(Path file) throws IOException {
    CSVFormat withHeader =
        FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, withHeader)) {
      return parser.stream().map(CSVRecord::toMap).toList();
    }
  }
}
