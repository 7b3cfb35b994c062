package io.millrace.topology.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.Head;
import io.millrace.topology.config.ConfigOptions;
import io.millrace.topology.config.EventSettings;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.csv.CsvFiles;
import io.millrace.topology.evaluate.Evaluation;
import io.millrace.topology.evaluate.EvaluationSettings;
import io.millrace.topology.evaluate.Summary;
import io.millrace.topology.evaluate.Training;
import io.millrace.topology.run.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
          + "learns more by smaller windows and batches: window.size=16, batch.windows=1, sync.steps=1.",
      "",
      "With --train, history is learned from first, in the same way, N times in its own order. Before each further pass, and before judging, every key's "
          + "memory is forgotten; weights and optimizers go on."
    },
    footer = {
      "",
      "Examples:",
      "  ./millrace evaluate --csv data --time timestamp --features value --out scores",
      "  ./millrace evaluate --csv data --time timestamp --features value --out frozen --set learn.enabled=false",
      "  ./millrace evaluate --csv test --train history --epochs 3 --time timestamp --features value --out scores",
      "  ./millrace evaluate --csv sessions --time t --key session --end last --categories event --head category --out scores",
      "  ./millrace evaluate --csv cards --time at --key card --features amount --categories shop --label fraud --head binary --out scores",
      "",
      "The prediction column, several values parted by semicolons: forecast, the mean of each feature; category, rank and probability of the",
      "category that came; binary, the probability that the label is 1; regression, the value. The summary's figures are null where they are another head's.",
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
      names = "--train",
      paramLabel = "FILE|DIR",
      description =
          "History with the same columns, to be learned from first; nothing of it is judged.")
  private Path train;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often all of it is learned from (default: 1).")
  private Integer epochs;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description =
          "Write the weights at the end into a safetensors file, for model.initial or ./millrace import.")
  private Path export;

  @Option(
      names = "--head",
      paramLabel = "HEAD",
      description =
          "What is predicted, as model.head says it: forecast, category, binary or regression.")
  private String head;

  @Override
  public Integer call() throws IOException {
    if (epochs != null && (train == null || epochs < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--epochs needs --train, and must be at least 1.");
    }
    try (WorkDir state = WorkDir.temporary("millrace-evaluate")) {
      Summary summary = evaluate(config(state.path()));
      spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(summary));
    }
    return ExitCode.OK.code();
  }

  private Summary evaluate(MillraceConfig config) throws IOException {
    try (RowProgress progress = new RowProgress(spec.commandLine().getErr())) {
      EvaluationSettings settings = new EvaluationSettings(
          csv.columns(), out, scoreColumn, warmupRows, Optional.ofNullable(export));
      return new Evaluation(config, settings, progress::scored)
          .run(training(progress), csv.files());
    }
  }

  private Optional<Training> training(RowProgress progress) throws IOException {
    return train == null
        ? Optional.empty()
        : Optional.of(new Training(new CsvFiles(train), epochs == null ? 1 : epochs, progress));
  }

  /** In memory and without transactions: the same scores, without a broker to promise anything to. */
  private MillraceConfig config(Path stateDir) {
    Map<String, String> defaults = new HashMap<>(csv.inputs());
    defaults.put(Settings.PROCESSING_GUARANTEE, "at_least_once");
    defaults.put(Settings.STATE_STORE, "memory");
    defaults.put(Settings.STATE_DIR, stateDir.toString());
    Map<String, String> said = new HashMap<>(EventSettings.ownEvents());
    if (head != null) {
      said.put(Settings.MODEL_HEAD, head);
    }
    MillraceConfig config = csv.check(options.load(defaults, said));
    checkLabel(config.modelSpec().head());
    return config;
  }

  private void checkLabel(Head predicted) {
    boolean labelled = predicted == Head.BINARY || predicted == Head.REGRESSION;
    if (labelled != csv.hasLabel()) {
      throw new ParameterException(
          spec.commandLine(),
          labelled
              ? "--label is missing, which the head needs: " + Settings.MODEL_HEAD + "="
                  + text(predicted) + "."
              : "--label has no meaning with " + Settings.MODEL_HEAD + "=" + text(predicted) + ".");
    }
  }

  private static String text(Head head) {
    return head.name().toLowerCase(Locale.ROOT);
  }
}
