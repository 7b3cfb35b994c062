package io.millrace.topology.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import picocli.CommandLine;

class OptionsInFileTest {
  @TempDir
  private Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void data() throws IOException {
    Files.writeString(dir.resolve("a.csv"), "t,u,v,w\n1,10,1,2\n2,20,2,3\n");
  }

  private Path file(String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of("model.hidden=4"));
    all.addAll(List.of(lines));
    return Files.write(dir.resolve("m.properties"), all);
  }

  private int evaluate(String... args) {
    List<String> all =
        new ArrayList<>(List.of("evaluate", "--out", dir.resolve("out").toString()));
    all.addAll(List.of(args));
    CommandLine command = Millrace.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    return Millrace.run(command, all.toArray(String[]::new));
  }

  private String firstRow() throws IOException {
    return Files.readAllLines(dir.resolve("out/a.csv")).get(1);
  }

  @Test
  void theFileHoldsWhatTheOptionsCanSay() throws IOException {
    Path file = file(
        "evaluate.csv=" + dir,
        "evaluate.time=t",
        "evaluate.time-unit=s",
        "evaluate.features=v,w",
        "evaluate.key=u");

    assertThat(evaluate("--config", file.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("\"rows\":2,\"scored\":2");
    assertThat(firstRow())
        .startsWith("0,10,1,")
        .endsWith(firstRow().split(",")[7])
        .contains(";");
  }

  @Test
  void theCommandLineWinsOverTheFile() throws IOException {
    Path file = file("evaluate.csv=" + dir, "evaluate.time=nothing", "evaluate.features=v,w");

    assertThat(evaluate("--config=" + file, "--time", "t", "--features", "v"))
        .as(err.toString())
        .isZero();
    assertThat(firstRow()).startsWith("0,a.csv,1,").doesNotContain(";");
  }

  @Test
  void anOptionThatThereIsNotIsToldWithTheNearest() throws IOException {
    Path file = file("evaluate.kee=u", "replay.spead=3");

    int code = evaluate(
        "--config", file.toString(), "--csv", dir.toString(), "--time", "t", "--features", "v");

    assertThat(code).isEqualTo(3);
    assertThat(err.toString())
        .contains("setting=evaluate.kee: unknown. Did you mean evaluate.key?")
        .contains("setting=replay.spead: unknown. Did you mean replay.speed?");
  }

  @Test
  void aCommandUnderACommandIsNamedByBoth() throws IOException {
    Path file = file("dead-letters.list.limit=x");

    int code = Millrace.run(
        Millrace.commandLine().setErr(new PrintWriter(err, true)),
        "dead-letters",
        "list",
        "--config",
        file.toString());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("'x' is not an int");
  }

  @Test
  void optionsStandInTheFileOnly() throws IOException {
    int code = evaluate(
        "--csv", dir.toString(), "--time", "t", "--features", "v", "--set", "evaluate.key=u");

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("setting=evaluate.key: unknown.");
  }

  @Test
  void aFileThatIsNotThereIsToldBeforeTheOptionsThatItShouldHold() {
    assertThat(evaluate("--config", dir.resolve("no.properties").toString())).isEqualTo(3);
    assertThat(err.toString()).contains("no.properties: no such file.");
  }

  @Test
  void aWidthOtherThanTheModelsIsRefusedBeforeTheFirstRow() throws IOException {
    int code = evaluate(
        "--csv", dir.toString(), "--time", "t", "--features", "v", "--set", "model.inputs=2");

    assertThat(code).isEqualTo(3);
    assertThat(err.toString())
        .contains("setting=model.inputs: expected=1 as --features says, actual=2.");
  }
}
