package io.millrace.topology.evaluate;

import io.millrace.serde.safetensors.WeightsFile;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.config.Settings;
import io.millrace.topology.csv.CsvFiles;
import io.millrace.topology.csv.CsvReader;
import io.millrace.topology.csv.CsvRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One pass over a data set: every row scored, none looked at ahead of its turn. */
public final class Evaluation {
  private final MillraceConfig config;
  private final EvaluationSettings settings;
  private final Runnable onRow;
  private final Totals totals = new Totals();
  private final HeadFigures figures;

  /** @param onRow told of every row done */
  public Evaluation(MillraceConfig config, EvaluationSettings settings, Runnable onRow) {
    this.config = config;
    this.settings = settings;
    this.onRow = onRow;
    this.figures = HeadFigures.of(config.modelSpec(), settings.warmupRows());
  }

  /** @throws IllegalArgumentException when the results would fall among the input */
  public Summary run(CsvFiles files) throws IOException {
    return run(Optional.empty(), files);
  }

  /**
   * @param training what to learn from first
   * @throws IllegalArgumentException when the results would fall among the input, or training is wanted and learning is off
   */
  public Summary run(Optional<Training> training, CsvFiles files) throws IOException {
    checkOutput(files);
    training.ifPresent(history -> checkTraining(history));
    try (Engine engine = new Engine(config)) {
      long trainRows = training.isEmpty() ? 0 : training.get().learn(engine, settings.columns());
      long start = System.nanoTime();
      for (String name : files.names()) {
        evaluate(engine, files, name);
      }
      if (config.isLearning()) {
        engine.settle();
      }
      if (settings.export().isPresent()) {
        WeightsFile.write(
            settings.export().get(), config.modelSpec(), engine.weights(), engine.ids());
      }
      int epochs = training.map(Training::epochs).orElse(0);
      double seconds = (System.nanoTime() - start) / 1e9;
      return totals.summary(engine, figures.figures(), trainRows, epochs, seconds);
    }
  }

  private void checkTraining(Training training) {
    checkOutput(training.files());
    if (!config.isLearning()) {
      throw new IllegalArgumentException("training rejected: setting=" + Settings.LEARN_ENABLED
          + ", expected=true, actual=false. Enable learning, or leave out the training.");
    }
  }

  private void checkOutput(CsvFiles files) {
    Path out = settings.out();
    if (out.toAbsolutePath().normalize().equals(files.root().toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "output rejected: path=" + out + " holds the input. Name another --out.");
    }
  }

  private void evaluate(Engine engine, CsvFiles files, String name) throws IOException {
    figures.beginFile();
    try (CsvReader reader = new CsvReader(files, name, settings.columns());
        ResultWriter writer =
            new ResultWriter(target(name), settings, config.modelSpec().head())) {
      while (reader.hasNext()) {
        CsvRow row = reader.next();
        Optional<Judged> judged = engine.score(row);
        writer.write(row, judged.map(Judged::score));
        totals.row();
        judged.ifPresent(event -> {
          totals.score(event.score());
          figures.add(row, event);
        });
        onRow.run();
      }
      writer.finish();
    }
  }

  private Path target(String name) {
    return settings
        .out()
        .resolve(name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name);
  }
}
