package io.millrace.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  private static final long SEED = 7;

  @TempDir
  Path dir;

  @Test
  void aRoundWhoseLineWasBrokenOffIsPlayedAgain() throws IOException {
    Progress first = new Progress(dir, SEED);
    first.add(round(0));
    first.add(round(1));
    Path file = dir.resolve("rounds-7.jsonl");
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 5));

    new Progress(dir, SEED).add(round(2));

    Progress later = new Progress(dir, SEED);
    assertThat(List.of(later.has(0), later.has(1), later.has(2)))
        .containsExactly(true, false, true);
  }

  private static Played round(int number) {
    return new Played(number, "zombie", "single", 300, 1, 0, 0, 0, 0, 0, 1.5, List.of());
  }
}
