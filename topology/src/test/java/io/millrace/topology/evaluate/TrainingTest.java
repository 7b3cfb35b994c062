package io.millrace.topology.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Cell;
import io.millrace.model.Head;
import io.millrace.model.ModelSpec;
import io.millrace.serde.safetensors.WeightsFile;
import io.millrace.topology.config.MillraceConfig;
import io.millrace.topology.csv.Columns;
import io.millrace.topology.csv.CsvFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final ModelSpec SPEC = new ModelSpec(Cell.LSTM, 1, 1, 8, Head.FORECAST);
  private static final int KEYS = 3;
  private static final int TRAIN_ROWS = 1_500;
  private static final int TEST_ROWS = 600;
  private static final int WARMUP = 5;

  @TempDir
  private Path dir;

  private Passes passes = new Passes();

  /** What the listener was told. */
  private static final class Passes implements Training.Listener {
    private final List<Double> surprises = new ArrayList<>();
    private long rows;
    private long scored;

    @Override
    public void learned() {
      rows++;
    }

    @Override
    public void passed(int epoch, long rowsOfPass, long scoredOfPass, double surprise) {
      assertThat(epoch).isEqualTo(surprises.size() + 1);
      surprises.add(surprise);
      scored += scoredOfPass;
    }
  }

  @BeforeEach
  void data() throws IOException {
    write("train/a.csv", TRAIN_ROWS, 1);
    write("test/b.csv", TEST_ROWS, 2);
  }

  private void write(String file, int rows, long seed) throws IOException {
    Random noise = new Random(seed);
    StringBuilder text = new StringBuilder("key,time,v\n");
    for (int n = 0; n < rows; n++) {
      double v = Math.sin(n / KEYS / 4.0) + 0.05 * noise.nextGaussian();
      text.append("k")
          .append(n % KEYS)
          .append(',')
          .append(n)
          .append(',')
          .append(v)
          .append('\n');
    }
    Files.createDirectories(dir.resolve(file).getParent());
    Files.writeString(dir.resolve(file), text);
  }

  private Evaluation evaluation(String out, Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(Map.of(
        "model.inputs", "1",
        "model.hidden", "8",
        "window.size", "8",
        "score.warmup", String.valueOf(WARMUP),
        "optimizer.rate", "0.01",
        "batch.windows", "4",
        "state.store", "memory",
        "state.dir", dir.resolve("state").toString(),
        "processing.guarantee", "at_least_once"));
    all.putAll(sets);
    Columns columns = new Columns(
        "time", TimeUnit.MILLISECONDS, List.of("v"), Optional.of("key"), Optional.empty());
    return new Evaluation(
        MillraceConfig.load(Optional.empty(), Map.of(), all),
        new EvaluationSettings(
            columns, dir.resolve(out), "score", 0, Optional.of(dir.resolve(out + ".safetensors"))),
        () -> {});
  }

  private Summary evaluate(String out, int epochs) throws IOException {
    passes = new Passes();
    Optional<Training> training = epochs == 0
        ? Optional.empty()
        : Optional.of(new Training(new CsvFiles(dir.resolve("train")), epochs, passes));
    return evaluation(out, Map.of()).run(training, new CsvFiles(dir.resolve("test")));
  }

  private List<String[]> rows(String out) throws IOException {
    return Files.readAllLines(dir.resolve(out).resolve("b.csv")).stream()
        .skip(1)
        .map(line -> line.split(","))
        .toList();
  }

  @Test
  void historyIsLearnedPassByPassAndCountedApartFromWhatIsJudged() throws IOException {
    Summary cold = evaluate("cold", 0);
    Summary warm = evaluate("warm", 3);

    assertThat(cold.trainRows()).isZero();
    assertThat(cold.epochs()).isZero();
    assertThat(warm.rows()).isEqualTo(TEST_ROWS);
    assertThat(warm.scored()).isEqualTo(TEST_ROWS);
    assertThat(warm.trainRows()).isEqualTo(TRAIN_ROWS);
    assertThat(warm.epochs()).isEqualTo(3);
    assertThat(passes.rows).isEqualTo(3 * TRAIN_ROWS);
    assertThat(passes.scored).isEqualTo(3 * TRAIN_ROWS);
    assertThat(passes.surprises).hasSize(3);
    assertThat(passes.surprises.get(2)).isLessThan(passes.surprises.get(0));
    assertThat(warm.meanSurprise()).isLessThan(cold.meanSurprise() - 0.1);
    // A key's first event of each pass is nobody's target.
    assertThat(warm.stepsLearned())
        .isEqualTo(3 * (TRAIN_ROWS - KEYS) + TEST_ROWS - KEYS - warm.stepsDropped());
  }

  @Test
  void keysAreForgottenButVersionsGoOn() throws IOException {
    evaluate("out", 1);

    List<String[]> rows = rows("out");
    assertThat(rows.get(0)[6]).as("version that judges the first row").isNotEqualTo("0");
    for (int n = 0; n < rows.size(); n++) {
      assertThat(rows.get(n)[5])
          .as("warm-up flag of row %d", n)
          .isEqualTo(n / KEYS < WARMUP ? "1" : "0");
    }
  }

  @Test
  void twiceTheSameIsTheSameBytes() throws IOException {
    Summary first = evaluate("first", 2);
    Summary second = evaluate("second", 2);

    assertThat(dir.resolve("first/b.csv")).hasSameBinaryContentAs(dir.resolve("second/b.csv"));
    assertThat(second).usingRecursiveComparison().ignoringFields("seconds").isEqualTo(first);
  }

  @Test
  void whatWasLearnedBeginsTheNextRun() throws IOException {
    Summary first = evaluate("first", 1);
    Path file = dir.resolve("first.safetensors");
    WeightsFile weights = WeightsFile.read(file, SPEC, List.of());
    assertThat(weights.metadata())
        .containsEntry("version", String.valueOf(first.weightsVersion()))
        .containsEntry("stepsLearned", String.valueOf(first.stepsLearned()));

    Map<String, String> sets = Map.of("model.initial", file.toString(), "learn.enabled", "false");
    Summary next = evaluation("next", sets).run(new CsvFiles(dir.resolve("test")));

    assertThat(next.weightsVersion()).isZero();
    assertThat(next.meanSurprise()).isLessThan(evaluate("cold", 0).meanSurprise() - 0.1);
    assertThat(WeightsFile.read(dir.resolve("next.safetensors"), SPEC, List.of())
            .parameters()
            .toArray())
        .isEqualTo(weights.parameters().toArray());
  }

  /** As many as no single sweep for quiet keys can cut. */
  @Test
  void noStepIsLeftBehindHoweverManyKeysThereAre() throws IOException {
    StringBuilder text = new StringBuilder("key,time,v\n");
    int keys = 6_000;
    for (int n = 0; n < 2 * keys; n++) {
      text.append("k").append(n % keys).append(',').append(n).append(",1\n");
    }
    Files.writeString(dir.resolve("test/b.csv"), text);

    Summary summary = evaluate("out", 0);

    assertThat(summary.stepsLearned() + summary.stepsDropped()).isEqualTo(keys);
  }

  @Test
  void trainingWithoutLearningIsRefused() {
    assertThatThrownBy(() -> evaluation("out", Map.of("learn.enabled", "false"))
            .run(
                Optional.of(new Training(new CsvFiles(dir.resolve("train")), 1, passes)),
                new CsvFiles(dir.resolve("test"))))
        .hasMessage("training rejected: setting=learn.enabled, expected=true, actual=false."
            + " Enable learning, or leave out the training.");
  }
}
