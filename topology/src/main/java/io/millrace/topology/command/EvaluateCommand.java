package io.millrace.topology.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.EventSettings;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.console.Progress;
import io.millrace.topology.evaluate.Evaluation;
import io.millrace.topology.evaluate.EvaluationSettings;
import io.millrace.topology.evaluate.Summary;
import io.millrace.topology.run.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
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
    sortOptions = false,
    description = {
      "Score and learn a CSV data set in one pass, in file and row order, by the same stages that run on Kafka.",
      "Every row is scored before anything of it is remembered or learned. Writes one CSV per input file with a row per input row, "
          + "and one line of JSON with the summary. The same input gives the same bytes.",
      "",
      "Time goes on by a millisecond a row, so sync.interval=500ms means a new version of the weights every 500 rows. A small data set "
          + "learns more by smaller windows and batches: window.size=16, batch.windows=1, sync.steps=1."
    },
    footer = {
      "",
      "Examples:",
      "  ./millrace evaluate --csv data --time timestamp --features value --out scores",
      "  ./millrace evaluate --csv data --time timestamp --features value --out frozen --set learn.enabled=false",
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

  @Option(
      names = "--warmup-rows",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Rows at the start of each file that are scored and learned but not judged (default: ${DEFAULT-VALUE}). With them come mse and mae of "
              + "the forecasts of all later rows, each feature in standard deviations of its warm-up rows.")
  private long warmupRows;

  @Option(
      names = "--head",
      paramLabel = "HEAD",
      description = "What is predicted, as model.head says it: forecast.")
  private String head;

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
      EvaluationSettings settings =
          new EvaluationSettings(csv.columns(), out, scoreColumn, warmupRows);
      return new Evaluation(config, settings, progress::step).run(csv.files());
    }
  }

  /** In memory and without transactions: the same scores, without a broker to promise anything to. */
  private MillraceConfig config(Path stateDir) {
    Map<String, String> defaults = Map.of(
        Settings.MODEL_INPUTS,
        csv.width(),
        Settings.PROCESSING_GUARANTEE,
        "at_least_once",
        Settings.STATE_STORE,
        "memory",
        Settings.STATE_DIR,
        stateDir.toString());
    Map<String, String> said = new HashMap<>(EventSettings.ownEvents());
    if (head != null) {
      said.put(Settings.MODEL_HEAD, head);
    }
    return csv.check(options.load(defaults, said));
  }
}
