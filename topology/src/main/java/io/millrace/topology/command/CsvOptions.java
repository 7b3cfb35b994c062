package io.millrace.topology.command;

import io.millrace.topology.config.ConfigErrors;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.csv.Columns;
import io.millrace.topology.csv.CsvFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE|DIR",
      description = "A .csv or .csv.gz file, or a directory of them.")
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
      required = true,
      split = ",",
      paramLabel = "COL",
      description = "Columns with the features.")
  private List<String> features;

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
        time, unit.unit, features, Optional.ofNullable(key), Optional.ofNullable(id));
  }

  Path path() {
    return csv;
  }

  /** The model's inputs, where nothing else was said. */
  String width() {
    return String.valueOf(features.size());
  }

  /** @throws ConfigErrors when every event would be refused for its width */
  MillraceConfig check(MillraceConfig config) {
    int inputs = config.getInt(Settings.MODEL_INPUTS);
    if (inputs != features.size()) {
      throw new ConfigErrors(List.of("setting=" + Settings.MODEL_INPUTS + ": expected="
          + features.size() + " as --features says, actual=" + inputs + "."));
    }
    return config;
  }
}
