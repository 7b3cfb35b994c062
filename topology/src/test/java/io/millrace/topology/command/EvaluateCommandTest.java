package io.millrace.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvaluateCommandTest {
  @TempDir
  private Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void rows() throws IOException {
    StringBuilder rows = new StringBuilder("t,word,n,label,last\n");
    for (int n = 0; n < 40; n++) {
      rows.append("%d,w%d,%d,%d,%d\n".formatted(n, n % 3, n, n % 2, n % 10 == 9 ? 1 : 0));
    }
    Files.writeString(Files.createDirectory(dir.resolve("in")).resolve("a.csv"), rows);
  }

  private int evaluate(String... options) {
    List<String> args = new ArrayList<>(List.of(
        "evaluate",
        "--csv",
        dir.resolve("in").toString(),
        "--out",
        dir.resolve("out").toString(),
        "--time",
        "t",
        "--set",
        "model.hidden=4"));
    args.addAll(List.of(options));
    CommandLine line = Millrace.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    return Millrace.run(line, args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          --features n                                    | mae
          --categories word --end last --head category    | accuracy bitsPerEvent
          --categories word --label label --head binary   | accuracy auc logLoss calibrationError
          --features n --label n --head regression        | mse mae
          """)
  void theSummaryHasTheFiguresOfTheHeadAlone(String options, String figures) throws IOException {
    List<String> all = new ArrayList<>(List.of(options.split(" ")));
    all.addAll(List.of("--warmup-rows", "3"));
    int code = evaluate(all.toArray(String[]::new));

    assertThat(code).as(err.toString()).isZero();
    JsonNode summary = new ObjectMapper().readTree(out.toString());
    assertThat(summary.path("deadLetters").asInt()).isZero();
    for (String figure : figures.split(" ")) {
      assertThat(summary.path(figure).isNumber()).as(figure).isTrue();
    }
    List<String> others =
        new ArrayList<>(List.of("accuracy", "bitsPerEvent", "auc", "logLoss", "calibrationError"));
    others.removeAll(List.of(figures.split(" ")));
    assertThat(others)
        .allSatisfy(other -> assertThat(summary.get(other).isNull()).isTrue());
    List<String> names = new ArrayList<>();
    summary.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .endsWith(
            "mse",
            "mae",
            "accuracy",
            "bitsPerEvent",
            "auc",
            "logLoss",
            "calibrationError",
            "seconds");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          --categories word --head binary                 | 2 | --label is missing, which the head needs: model.head=binary.
          --features n --label label                      | 2 | --label has no meaning with model.head=forecast.
          --features n --head category                    | 3 | setting=model.head: category, expected another without event.categories or model.categories, the first of which it predicts.
          --features n --set model.inputs=2               | 3 | setting=model.inputs: expected=1 as --features says, actual=2.
          --categories word,n --head category --set model.categories=hashed:9 | 3 | setting=model.categories: expected=2 as --categories says, actual=1.
          --head category                                 | 3 | setting=model.head: category, expected another
          """)
  void whatDoesNotGoTogetherIsTold(String options, int exitCode, String told) {
    assertThat(evaluate(options.split(" "))).isEqualTo(exitCode);
    assertThat(err.toString()).contains(told);
  }

  @Test
  void aMissingColumnOfAnyKindIsTold() {
    assertThat(evaluate("--categories", "word,shop", "--end", "final", "--head", "category"))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("missing columns=[shop, final], present=[t, word, n, label, last].");
  }
}
