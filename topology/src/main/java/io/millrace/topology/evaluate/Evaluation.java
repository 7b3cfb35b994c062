package io.millrace.topology.evaluate;

import io.millrace.schemas.Score;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.csv.Columns;
import io.millrace.topology.csv.CsvFiles;
import io.millrace.topology.csv.CsvReader;
import io.millrace.topology.csv.CsvRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One pass over a data set: every row scored, none looked at ahead of its turn. */
public final class Evaluation {
  private final MillraceConfig config;
  private final Columns columns;
  private final Path out;
  private final String scoreColumn;
  private final Runnable onRow;

  private long rows;
  private long scored;
  private double surprise;

  /**
   * @param out directory of the results, mirroring the input's
   * @param scoreColumn heading of the score
   * @param onRow told of every row done
   */
  public Evaluation(
      MillraceConfig config, Columns columns, Path out, String scoreColumn, Runnable onRow) {
    this.config = config;
    this.columns = columns;
    this.out = out;
    this.scoreColumn = scoreColumn;
    this.onRow = onRow;
  }

  /** @throws IllegalArgumentException when the results would fall among the input */
  public Summary run(CsvFiles files) throws IOException {
    if (out.toAbsolutePath().normalize().equals(files.root().toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "output rejected: path=" + out + " holds the input. Name another --out.");
    }
    long start = System.nanoTime();
    try (Engine engine = new Engine(config)) {
      for (String name : files.names()) {
        evaluate(engine, files, name);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Summary(rows, scored, rows - scored, scored == 0 ? 0 : surprise / scored, seconds);
  }

  private void evaluate(Engine engine, CsvFiles files, String name) throws IOException {
    Path target = out.resolve(name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name);
    try (CsvReader reader = new CsvReader(files, name, columns);
        ResultWriter writer = new ResultWriter(target, scoreColumn)) {
      while (reader.hasNext()) {
        CsvRow row = reader.next();
        Optional<Score> score = engine.score(row);
        writer.write(row, score);
        count(score);
      }
      writer.finish();
    }
  }

  private void count(Optional<Score> score) {
    rows++;
    score.ifPresent(value -> {
      scored++;
      surprise += value.getSurprise();
    });
    onRow.run();
  }
}
