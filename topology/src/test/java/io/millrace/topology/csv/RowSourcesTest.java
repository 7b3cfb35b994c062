package io.millrace.topology.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSourcesTest {
  private static final Columns COLUMNS =
      new Columns("t", TimeUnit.MILLISECONDS, List.of("v"), Optional.empty(), Optional.empty());

  @TempDir
  private Path dir;

  @BeforeEach
  void threeFiles() throws IOException {
    Files.writeString(dir.resolve("a.csv"), "t,v\n10,1\n30,2\n20,3\n40,4\n");
    Files.writeString(dir.resolve("b.csv"), "t,v\n");
    Files.writeString(dir.resolve("c.csv"), "t,v\n5,1\nnever,2\n30,3\n35,4\n");
  }

  private static List<String> rows(RowSource source) throws IOException {
    List<String> rows = new ArrayList<>();
    try (source) {
      source.forEachRemaining(row -> rows.add(row.file() + "@" + row.timeText()));
    }
    return rows;
  }

  @Test
  void inTurnIsFileAfterFileAndAnEmptyFileIsPassed() throws IOException {
    assertThat(rows(new RowsInTurn(new CsvFiles(dir), COLUMNS)))
        .containsExactly(
            "a.csv@10",
            "a.csv@30",
            "a.csv@20",
            "a.csv@40",
            "c.csv@5",
            "c.csv@never",
            "c.csv@30",
            "c.csv@35");
  }

  @Test
  void aFileThatIsNoCsvIsRefusedByNameAndRow() throws IOException {
    Files.writeString(dir.resolve("c.csv"), "t,v\n5,1\n\"6\"x,2\n");

    assertThatThrownBy(() -> rows(new RowsInTurn(new CsvFiles(dir), COLUMNS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("input rejected: file=c.csv, row=1, expected=a row of CSV, actual=")
        .hasMessageEndingWith(". Correct the file.");
  }

  @Test
  void byTimeMergesTheFilesAndKeepsTheOrderWithinEach() throws IOException {
    assertThat(rows(new RowsByTime(new CsvFiles(dir), COLUMNS)))
        .containsExactly(
            "c.csv@5",
            "c.csv@never",
            "a.csv@10",
            "a.csv@30",
            "a.csv@20",
            "c.csv@30",
            "c.csv@35",
            "a.csv@40");
  }

  @Test
  void aFileWithoutTheColumnIsToldByBoth() throws IOException {
    Files.writeString(dir.resolve("d.csv"), "t,w\n1,2\n");
    String message = "input rejected: file=d.csv, missing columns=[v], present=[t, w].";

    assertThatThrownBy(() -> rows(new RowsInTurn(new CsvFiles(dir), COLUMNS))).hasMessage(message);
    assertThatThrownBy(() -> new RowsByTime(new CsvFiles(dir), COLUMNS)).hasMessage(message);
  }
}
