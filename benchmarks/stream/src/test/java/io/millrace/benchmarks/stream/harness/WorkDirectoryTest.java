package io.millrace.benchmarks.stream.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir
  private Path parent;

  private final List<String> said = new ArrayList<>();
  private Process other;
  private Path itsDirectory;

  /** Main class of a run in a process of its own: prints its directory and waits until it is killed. */
  static final class OtherRun {
    public static void main(String[] args) throws IOException {
      WorkDirectory work = WorkDirectory.in(Path.of(args[0]), System.err::println);
      Files.write(work.path().resolve("segment"), new byte[3 << 20]);
      System.out.println(work.path());
      System.in.transferTo(System.err);
    }
  }

  @BeforeEach
  void startAnother() throws IOException {
    other = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherRun.class.getName(),
            parent.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    itsDirectory = Path.of(other.inputReader().readLine());
  }

  @AfterEach
  void killTheOther() {
    other.destroyForcibly().onExit().join();
  }

  @Test
  void whatAKilledRunLeftIsDeletedByTheNext() throws IOException {
    killTheOther();

    try (WorkDirectory work = WorkDirectory.in(parent, said::add)) {
      assertThat(itsDirectory).doesNotExist();
      assertThat(work.path()).isDirectory();
    }
    assertThat(said)
        .containsExactly("left by a run that was killed: dir=" + itsDirectory + ", deleted=3 MiB");
  }

  @Test
  void whatALivingRunWritesStays() throws IOException {
    WorkDirectory.in(parent, said::add).close();

    assertThat(itsDirectory.resolve("segment")).exists();
    assertThat(said).isEmpty();
  }

  @Test
  void aRunThatEndsLeavesNothing() throws IOException {
    WorkDirectory work = WorkDirectory.in(parent, said::add);
    Files.write(Files.createDirectory(work.path().resolve("broker")).resolve("log"), new byte[1]);

    work.close();

    assertThat(work.path()).doesNotExist();
  }
}
