package io.millrace.topology.csv;

import io.millrace.serde.mapping.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of one file, one at a time; the file is never held as a whole. Blanks around a field are no part of it, but inside quotes
 * they are, where the field is a key, an id or a category; so a category may be a space.
 */
public final class CsvReader implements Iterator<CsvRow>, AutoCloseable {
  private static final CSVFormat FORMAT = CSVFormat.RFC4180
      .builder()
      .setHeader()
      .setSkipHeaderRecord(true)
      .setIgnoreEmptyLines(true)
      .setIgnoreSurroundingSpaces(true)
      .get();

  private final String name;
  private final Columns columns;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private long number;

  /** @throws IllegalArgumentException when a column is missing */
  public CsvReader(CsvFiles files, String name, Columns columns) throws IOException {
    this.name = name;
    this.columns = columns;
    this.parser = FORMAT.parse(files.open(name));
    this.records = parser.iterator();
    requireColumns();
  }

  private void requireColumns() {
    List<String> wanted = columns.all();
    List<String> present = parser.getHeaderNames();
    wanted.removeAll(present);
    if (!wanted.isEmpty()) {
      throw new IllegalArgumentException("input rejected: file=" + name + ", missing columns="
          + wanted + ", present=" + present + ".");
    }
  }

  @Override
  public boolean hasNext() {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(
          "input rejected: file=" + name + ", row=" + number + ", expected=a row of CSV, actual="
              + e.getCause().getMessage() + ". Correct the file.",
          e);
    }
  }

  @Override
  public CsvRow next() {
    CSVRecord record = records.next();
    String timeText = stripped(record, columns.time());
    return new CsvRow(
        name,
        number++,
        columns.key().map(column -> field(record, column)).orElse(name),
        timeText,
        time(timeText),
        columns.features().stream().map(column -> number(field(record, column))).toList(),
        columns.categories().stream().map(column -> category(record, column)).toList(),
        columns
            .label()
            .map(column -> label(stripped(record, column)))
            .orElse(OptionalDouble.empty()),
        columns.end().map(column -> isEnd(record, column)).orElse(false),
        columns.id().map(column -> field(record, column)));
  }

  private static String field(CSVRecord record, String column) {
    return record.isSet(column) ? record.get(column) : "";
  }

  /** Where blanks can mean nothing. */
  private static String stripped(CSVRecord record, String column) {
    return field(record, column).strip();
  }

  private static String category(CSVRecord record, String column) {
    String text = field(record, column);
    return text.isEmpty() ? null : text;
  }

  private static OptionalDouble label(String text) {
    return switch (text) {
      case "" -> OptionalDouble.empty();
      case "true" -> OptionalDouble.of(1);
      case "false" -> OptionalDouble.of(0);
      default -> OptionalDouble.of(number(text));
    };
  }

  private boolean isEnd(CSVRecord record, String column) {
    String text = stripped(record, column);
    return switch (text) {
      case "1", "true" -> true;
      case "", "0", "false" -> false;
      default ->
        throw new IllegalArgumentException("input rejected: file=" + name + ", row=" + (number - 1)
            + ", column=" + column + ", expected=1, 0, true, false or nothing, actual=" + text
            + ".");
    };
  }

  private Optional<Instant> time(String text) {
    try {
      return Optional.of(Times.parse(text, columns.unit()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
