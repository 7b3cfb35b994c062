package io.millrace.topology.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Head;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.csv.Columns;
import io.millrace.topology.csv.CsvFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  @TempDir
  private Path dir;

  private Path in;
  private long warmupRows;

  @BeforeEach
  void writeInput() throws IOException {
    in = Files.createDirectories(dir.resolve("in/deep")).getParent();
    Files.writeString(
        in.resolve("a.csv"),
        "\uFEFFtime,\"v\",w\r\n2024-01-01 00:00:00,1,2\r\n\r\n2024-01-01T00:01:00Z,\"2\",3\r\nnever,3,4\r\n1704067320000,,5\r\n");
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(in.resolve("deep/b.csv.gz")))) {
      out.write("time,v,w\n5,1,2\n6,1.5,2.5\n".getBytes());
    }
  }

  private Summary evaluate(Path out, String... features) throws IOException {
    MillraceConfig config = MillraceConfig.load(
        Optional.empty(),
        Map.of(),
        Map.of(
            "model.inputs", String.valueOf(features.length),
            "model.hidden", "8",
            "score.warmup", "0",
            "state.store", "memory",
            "state.dir", dir.resolve("state").toString(),
            "processing.guarantee", "at_least_once"));
    Columns columns = new Columns(
        "time", TimeUnit.MILLISECONDS, List.of(features), Optional.empty(), Optional.empty());
    return new Evaluation(
            config,
            new EvaluationSettings(columns, out, "anomaly_score", warmupRows, Optional.empty()),
            () -> {})
        .run(new CsvFiles(in));
  }

  @Test
  void warmUpRowsAreScoredAndMarked() throws IOException {
    warmupRows = 1;
    Summary summary = evaluate(dir.resolve("out"), "v", "w");

    assertThat(summary.scored()).isEqualTo(4);
    assertThat(summary.mse()).isNull();
    assertThat(Files.readAllLines(dir.resolve("out/deep/b.csv")))
        .extracting(line -> line.split(",")[5])
        .containsExactly("warmup", "1", "0");
  }

  @Test
  void everyRowHasItsRowAndABadOneIsLeftEmpty() throws IOException {
    Summary summary = evaluate(dir.resolve("out"), "v", "w");

    assertThat(summary.rows()).isEqualTo(6);
    assertThat(summary.scored()).isEqualTo(4);
    assertThat(summary.deadLetters()).isEqualTo(2);
    List<String> lines = Files.readAllLines(dir.resolve("out/a.csv"));
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0))
        .isEqualTo("row,key,time,anomaly_score,surprise,warmup,weights_version,prediction");
    assertThat(lines.get(2))
        .startsWith("1,a.csv,2024-01-01T00:01:00Z,")
        .endsWith(lines.get(2).split(",")[7]);
    assertThat(lines.get(2).split(",")[7].split(";")).hasSize(2);
    assertThat(lines.get(3)).isEqualTo("2,a.csv,never,,,,,");
    assertThat(lines.get(4)).isEqualTo("3,a.csv,1704067320000,,,,,");
  }

  @Test
  void theResultsMirrorTheInputAndTwoRunsAreEqual() throws IOException {
    evaluate(dir.resolve("one"), "v", "w");
    evaluate(dir.resolve("two"), "v", "w");

    assertThat(dir.resolve("one/deep/b.csv")).hasSameBinaryContentAs(dir.resolve("two/deep/b.csv"));
    assertThat(Files.readAllLines(dir.resolve("one/deep/b.csv")).get(1))
        .startsWith("0,deep/b.csv.gz,5,");
  }

  @Test
  void aMissingColumnIsToldWithThoseThatExist() {
    assertThatThrownBy(() -> evaluate(dir.resolve("out"), "v", "x"))
        .hasMessage("input rejected: file=a.csv, missing columns=[x], present=[time, v, w].");
  }

  @Test
  void theInputIsNeverOverwritten() {
    assertThatThrownBy(() -> evaluate(in, "v")).hasMessageContaining("output rejected: path=");
  }

  private MillraceConfig config(String head, String... settings) {
    Map<String, String> sets = new HashMap<>(Map.of(
        "model.inputs", "0",
        "model.categories", "vocabulary:8",
        "model.head", head,
        "model.hidden", "8",
        "state.store", "memory",
        "state.dir", dir.resolve("state").toString(),
        "processing.guarantee", "at_least_once"));
    for (int n = 0; n < settings.length; n += 2) {
      sets.put(settings[n], settings[n + 1]);
    }
    return MillraceConfig.load(Optional.empty(), Map.of(), sets);
  }

  private Summary evaluate(MillraceConfig config, Optional<Path> history) throws IOException {
    Columns columns = new Columns(
        "t",
        TimeUnit.MILLISECONDS,
        List.of(),
        List.of("word"),
        config.modelSpec().head() == Head.CATEGORY ? Optional.empty() : Optional.of("label"),
        Optional.of("last"),
        Optional.of("key"),
        Optional.empty());
    EvaluationSettings settings =
        new EvaluationSettings(columns, dir.resolve("out"), "score", 0, Optional.empty());
    Optional<Training> training = history.map(files -> {
      try {
        return new Training(new CsvFiles(files), 1, new RowsLearned());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return new Evaluation(config, settings, () -> {})
        .run(training, new CsvFiles(dir.resolve("words")));
  }

  private static final class RowsLearned implements Training.Listener {
    @Override
    public void learned() {}

    @Override
    public void passed(int epoch, long rows, long scored, double meanSurprise) {}
  }

  private Path words() throws IOException {
    StringBuilder rows = new StringBuilder("t,key,word,label,last\n");
    List<String> words = List.of("open", "read", "read", "close");
    for (int n = 0; n < 80; n++) {
      boolean last = n % 4 == 3;
      rows.append("%d,k%d,%s,%s,%d\n"
          .formatted(n, n / 4, words.get(n % 4), n % 4 == 2 ? "" : n % 2, last ? 1 : 0));
    }
    Path file = Files.createDirectories(dir.resolve("words")).resolve("w.csv");
    return Files.writeString(file, rows);
  }

  private List<String> predictions() throws IOException {
    return Files.readAllLines(dir.resolve("out/w.csv")).stream()
        .skip(1)
        .map(line -> line.split(",")[7])
        .toList();
  }

  @Test
  void aCategoryIsToldByRankAndProbabilityAndWhatHadNoIdIsChargedFor() throws IOException {
    words();
    Summary summary = evaluate(config("category"), Optional.empty());

    assertThat(predictions()).hasSize(80).allMatch(told -> told.matches("[1-8];0\\.\\d+"));
    assertThat(summary.accuracy()).isBetween(0.0, 1.0);
    double bits = summary.meanSurprise() / Math.log(2);
    assertThat(summary.bitsPerEvent())
        .as("three texts were new")
        .isCloseTo(bits + 3 * 3 / 80.0, within(1e-9));
    assertThat(summary.auc()).isNull();
  }

  @Test
  void theVocabularyOfTheHistoryIsStillThereWhenItsKeysAreForgotten() throws IOException {
    Path history = words();
    Summary summary = evaluate(config("category"), Optional.of(history));

    assertThat(summary.trainRows()).isEqualTo(80);
    assertThat(summary.bitsPerEvent())
        .isCloseTo(summary.meanSurprise() / Math.log(2), within(1e-9));
  }

  @Test
  void aLabelIsPredictedAsAProbabilityAndOnlyTheKnownOnesAreJudged() throws IOException {
    words();
    Summary summary = evaluate(
        config("binary", "optimizer.rate", "0.05", "batch.windows", "1", "sync.steps", "1"),
        Optional.of(dir.resolve("words")));

    assertThat(predictions()).hasSize(80).allMatch(told -> told.matches("\\d\\.\\d+(E-\\d+)?"));
    assertThat(summary.auc()).isGreaterThan(0.9);
    assertThat(summary.logLoss()).isCloseTo(summary.meanSurprise() * 80 / 60, within(1e-9));
    assertThat(summary.bitsPerEvent()).isNull();
  }
}
