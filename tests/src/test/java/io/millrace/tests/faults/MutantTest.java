package io.millrace.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.faults.plan.Hunt;
import io.millrace.tests.faults.site.Place;
import io.millrace.topology.config.MillraceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

  @Test
  void updatesLeaveAfterTheLullWherePendingWindowsAreForgotten() {
    Mutant mutant = Mutant.PENDING_NOT_KEPT;

    assertThat(config(mutant).learnSettings().syncInterval())
        .isGreaterThan(longestLull(mutant).multipliedBy(2));
  }

  @Test
  void roundsOfTheMergeStayOpenAfterTheLullWhereTheInboxIsForgotten() {
    Mutant mutant = Mutant.INBOX_NOT_KEPT;

    assertThat(config(mutant).mergeSettings().maxWait())
        .isGreaterThan(longestLull(mutant).multipliedBy(2));
  }

  private static MillraceConfig config(Mutant mutant) {
    Place place =
        new Place("p", mutant.world(), "localhost:9092", mutant.backlog().settings());
    return MillraceConfig.load(Optional.empty(), Map.of(), place.settings());
  }

  private static Duration longestLull(Mutant mutant) {
    Hunt hunt = new Hunt(1, mutant.world());
    return IntStream.range(0, 500)
        .mapToObj(number -> Duration.ofMillis(hunt.round(number).delayMillis()))
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
