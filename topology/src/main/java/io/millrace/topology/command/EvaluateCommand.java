package io.millrace.topology.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.console.Progress;
import io.millrace.topology.evaluate.Evaluation;
import io.millrace.topology.evaluate.Summary;
import io.millrace.topology.run.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
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
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions options;

  @Mixin
  private CsvOptions csv;

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
    try (Progress progress =
        new Progress(spec.commandLine().getErr(), "scored", "rows", OptionalLong.empty())) {
      return new Evaluation(config, csv.columns(), out, scoreColumn, progress::step)
          .run(csv.files());
    }
  }

  /** In memory and without transactions: the same scores, without a broker to promise anything to. */
  private MillraceConfig config(Path stateDir) {
    return csv.check(options.load(Map.of(
        Settings.MODEL_INPUTS,
        csv.width(),
        Settings.PROCESSING_GUARANTEE,
        "at_least_once",
        Settings.STATE_STORE,
        "memory",
        Settings.STATE_DIR,
        stateDir.toString())));
  }
}
