package io.millrace.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutantTest {
  @TempDir
  private Path dir;

  @ParameterizedTest
  @EnumSource
  void everyMutantFollowsTheSourceThatItIsMadeOf(Mutant mutant) {
    Path classes = mutant.compile(Path.of("..").toAbsolutePath().normalize(), dir);

    assertThat(classes).isDirectoryRecursivelyContaining("glob:**.class");
  }
}
