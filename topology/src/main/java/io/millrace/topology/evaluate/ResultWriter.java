package io.millrace.topology.evaluate;

import io.millrace.model.Head;
import io.millrace.schemas.Score;
import io.millrace.topology.csv.CsvRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** One result file. It gets its name when it is whole. */
final class ResultWriter implements AutoCloseable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final Path file;
  private final Path unfinished;
  private final CSVPrinter printer;
  private final long warmupRows;
  private final Head head;

  ResultWriter(Path file, EvaluationSettings settings, Head head) throws IOException {
    this.head = head;
    this.file = file;
    this.warmupRows = settings.warmupRows();
    this.unfinished = file.resolveSibling(file.getFileName() + ".part");
    Files.createDirectories(file.toAbsolutePath().getParent());
    this.printer =
        new CSVPrinter(Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8), FORMAT);
    printer.printRecord(
        "row",
        "key",
        "time",
        settings.scoreColumn(),
        "surprise",
        "warmup",
        "weights_version",
        "prediction");
  }

  void write(CsvRow row, Optional<Score> result) throws IOException {
    if (result.isEmpty()) {
      printer.printRecord(row.number(), row.key(), row.timeText(), "", "", "", "", "");
      return;
    }
    Score score = result.get();
    printer.printRecord(
        row.number(),
        row.key(),
        row.timeText(),
        score.getScore(),
        score.getSurprise(),
        score.getWarmup() || row.number() < warmupRows ? 1 : 0,
        score.getWeightsVersion(),
        prediction(score.getPrediction()));
  }

  /** A category's rank is a whole number. */
  private String prediction(List<Double> values) {
    return head == Head.CATEGORY
        ? Math.round(values.get(0)) + ";" + values.get(1)
        : values.stream().map(String::valueOf).collect(Collectors.joining(";"));
  }

  /** To be called once all rows are written. */
  void finish() throws IOException {
    printer.close(true);
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    printer.close();
    Files.deleteIfExists(unfinished);
  }
}
