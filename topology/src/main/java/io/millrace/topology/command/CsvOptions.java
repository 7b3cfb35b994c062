package io.millrace.topology.command;

import io.millrace.topology.config.ConfigErrors;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.csv.Columns;
import io.millrace.topology.csv.CsvFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** The options by which a command takes a CSV data set. */
final class CsvOptions {
  /** Units of plain numbers, as the option names them. */
  enum Unit {
    s(TimeUnit.SECONDS),
    ms(TimeUnit.MILLISECONDS),
    us(TimeUnit.MICROSECONDS),
    ns(TimeUnit.NANOSECONDS);

    private final TimeUnit unit;

    Unit(TimeUnit unit) {
      this.unit = unit;
    }
  }

  private static final String STANDARD_CATEGORY = "vocabulary:1024";

  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE|DIR",
      description =
          "A .csv or .csv.gz file, or a directory of them. Blanks around a field are dropped, blanks inside quotes kept.")
  private Path csv;

  @Option(
      names = "--time",
      required = true,
      paramLabel = "COL",
      description = "Column with the time: ISO-8601, yyyy-MM-dd HH:mm:ss (UTC), or a number.")
  private String time;

  @Option(
      names = "--time-unit",
      defaultValue = "ms",
      description = "Unit of times that are numbers: ${COMPLETION-CANDIDATES}.")
  private Unit unit;

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "COL",
      description = "Columns with the features; may be left out where there are categories.")
  private List<String> features = List.of();

  @Option(
      names = "--categories",
      split = ",",
      paramLabel = "COL",
      description =
          "Columns with the categories, as model.categories describes them (without that, vocabulary:1024 each). An empty field is unknown; a space is a category where it is quoted: \" \".")
  private List<String> categories = List.of();

  @Option(
      names = "--label",
      paramLabel = "COL",
      description =
          "Column with the label: a number, true or false. An empty field is a label that is not known.")
  private String label;

  @Option(
      names = "--end",
      paramLabel = "COL",
      description =
          "Column that is 1 or true where the key's sequence ends with the row, else 0, false or empty.")
  private String end;

  @Option(
      names = "--key",
      paramLabel = "COL",
      description = "Column with the key. Without it, each file is a key.")
  private String key;

  @Option(names = "--id", paramLabel = "COL", description = "Column with the event's id.")
  private String id;

  CsvFiles files() throws IOException {
    return new CsvFiles(csv);
  }

  Columns columns() {
    return new Columns(
        time,
        unit.unit,
        features,
        categories,
        Optional.ofNullable(label),
        Optional.ofNullable(end),
        Optional.ofNullable(key),
        Optional.ofNullable(id));
  }

  boolean hasLabel() {
    return label != null;
  }

  Path path() {
    return csv;
  }

  /** The model's inputs, where nothing else was said. */
  Map<String, String> inputs() {
    return Map.of(
        Settings.MODEL_INPUTS,
        String.valueOf(features.size()),
        Settings.MODEL_CATEGORIES,
        String.join(",", Collections.nCopies(categories.size(), STANDARD_CATEGORY)));
  }

  /** @throws ConfigErrors when every event would be refused for its width */
  MillraceConfig check(MillraceConfig config) {
    List<String> errors = new ArrayList<>();
    check(Settings.MODEL_INPUTS, "--features", features, config.modelSpec().features(), errors);
    check(
        Settings.MODEL_CATEGORIES,
        "--categories",
        categories,
        config.categoryFields().size(),
        errors);
    if (!errors.isEmpty()) {
      throw new ConfigErrors(errors);
    }
    return config;
  }

  private static void check(
      String setting, String option, List<String> columns, int actual, List<String> errors) {
    if (columns.size() != actual) {
      errors.add("setting=" + setting + ": expected=" + columns.size() + " as " + option
          + " says, actual=" + actual + ".");
    }
  }
}
