package io.millrace.topology.evaluate;

import io.millrace.schemas.Score;
import io.millrace.topology.config.MillraceConfig;
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

  /** @param onRow told of every row done */
  public Evaluation(MillraceConfig config, EvaluationSettings settings, Runnable onRow) {
    this.config = config;
    this.settings = settings;
    this.onRow = onRow;
  }

  /** @throws IllegalArgumentException when the results would fall among the input */
  public Summary run(CsvFiles files) throws IOException {
    Path out = settings.out();
    if (out.toAbsolutePath().normalize().equals(files.root().toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "output rejected: path=" + out + " holds the input. Name another --out.");
    }
    long start = System.nanoTime();
    try (Engine engine = new Engine(config)) {
      for (String name : files.names()) {
        evaluate(engine, files, name);
      }
      if (config.isLearning()) {
        engine.settle(config.longestLearningDelay());
      }
      return totals.summary(engine, (System.nanoTime() - start) / 1e9);
    }
  }

  private void evaluate(Engine engine, CsvFiles files, String name) throws IOException {
    ForecastErrors errors =
        new ForecastErrors(settings.columns().features().size(), settings.warmupRows());
    try (CsvReader reader = new CsvReader(files, name, settings.columns());
        ResultWriter writer = new ResultWriter(target(name), settings)) {
      while (reader.hasNext()) {
        CsvRow row = reader.next();
        Optional<Score> score = engine.score(row);
        writer.write(row, score);
        totals.row();
        score.ifPresent(value -> {
          totals.score(value);
          errors.add(row.features(), value.getPrediction());
        });
        onRow.run();
      }
      writer.finish();
    }
    totals.file(errors);
  }

  private Path target(String name) {
    return settings
        .out()
        .resolve(name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name);
  }
}
