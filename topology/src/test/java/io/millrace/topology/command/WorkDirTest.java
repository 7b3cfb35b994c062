package io.millrace.topology.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirTest {
  @TempDir
  private Path dir;

  private static void fill(WorkDir work) throws IOException {
    Files.writeString(Files.createDirectories(work.path().resolve("a/b")).resolve("file"), "text");
  }

  @Test
  void aTemporaryOneGoesWithAllThatIsInIt() throws IOException {
    Path path;
    try (WorkDir work = WorkDir.temporary("millrace-test")) {
      path = work.path();
      fill(work);
    }

    assertThat(path).doesNotExist();
  }

  @Test
  void aTemporaryOneStaysWhereThereIsSomethingToLookInto() throws IOException {
    WorkDir work = WorkDir.temporary("millrace-test");
    try (work) {
      fill(work);
      work.keep();
    }

    assertThat(work.path().resolve("a/b/file")).exists();
    deleteAgain(work.path());
  }

  private static void deleteAgain(Path path) throws IOException {
    Files.delete(path.resolve("a/b/file"));
    Files.delete(path.resolve("a/b"));
    Files.delete(path.resolve("a"));
    Files.delete(path);
  }

  @Test
  void theUsersOwnIsMadeAndStays() throws IOException {
    Path path = dir.resolve("new/one");
    try (WorkDir work = WorkDir.own(path)) {
      fill(work);
    }

    assertThat(path.resolve("a/b/file")).exists();
  }

  @Test
  void oneThatHoldsSomethingIsRejected() throws IOException {
    Files.writeString(dir.resolve("precious"), "text");

    assertThatThrownBy(() -> WorkDir.own(dir))
        .hasMessage("directory rejected: dir=" + dir
            + ", empty=false. Name another one; a run starts anew.");
  }
}
