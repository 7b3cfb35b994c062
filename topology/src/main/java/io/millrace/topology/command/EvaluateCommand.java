package io.millrace.topology.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.console.Progress;
import io.millrace.topology.csv.Columns;
import io.millrace.topology.csv.CsvFiles;
import io.millrace.topology.evaluate.Evaluation;
import io.millrace.topology.evaluate.Summary;
import io.millrace.topology.run.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Score a CSV data set in one pass, in file and row order, by the same stages that run on Kafka.",
      "Every row is scored before anything of it is remembered. Writes one CSV per input file with a row per input",
      "row, and one line of JSON with the summary."
    },
    footer = {
      "",
      "Example: ./millrace evaluate --csv data --time timestamp --features value --out scores",
    })
final class EvaluateCommand implements Callable<Integer> {
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

  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

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

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the results go; files there are replaced.")
  private Path out;

  @Option(
      names = "--score-column",
      defaultValue = "score",
      paramLabel = "NAME",
      description = "Heading of the score column.")
  private String scoreColumn;

  @Override
  public Integer call() throws IOException {
    try (WorkDir state = WorkDir.temporary("millrace-evaluate")) {
      Summary summary = evaluate(config(state.path()));
      spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(summary));
    }
    return ExitCode.OK.code();
  }

  private Summary evaluate(MillraceConfig config) throws IOException {
    Columns columns =
        new Columns(time, unit.unit, features, Optional.ofNullable(key), Optional.ofNullable(id));
    try (Progress progress =
        new Progress(spec.commandLine().getErr(), "scored", "rows", OptionalLong.empty())) {
      return new Evaluation(config, columns, out, scoreColumn, progress::step)
          .run(new CsvFiles(csv));
    }
  }

  /** In memory and without transactions: the same scores, without a broker to promise anything to. */
  private MillraceConfig config(Path stateDir) {
    return options.load(Map.of(
        "model.inputs",
        String.valueOf(features.size()),
        "processing.guarantee",
        "at_least_once",
        "state.store",
        "memory",
        "state.dir",
        stateDir.toString()));
  }
}
