package io.millrace.serde.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.serde.registry.FakeRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dfuzz.inputs=N} inputs a decoder, of {@code -Dfuzz.seed=S}. */
class DecoderFuzzTest {
  private static final long INPUTS = Long.getLong("fuzz.inputs", 300);
  private static final long SEED = Long.getLong("fuzz.seed", 20_260_101);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final FakeRegistry REGISTRY = new FakeRegistry();

  @AfterAll
  static void closeRegistry() {
    REGISTRY.close();
  }

  static List<FuzzTarget> targets() throws IOException {
    return Stream.of(
            EventTargets.all(REGISTRY), RowTargets.all(), TopicTargets.all(), FileTargets.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whateverComesIsReadOrRefused(FuzzTarget target) throws InterruptedException {
    FuzzReport report = new Fuzzer(target, SEED, PATIENCE).run(INPUTS);
    System.out.println(report.line());

    assertThat(report.findings()).as(report.line()).isEmpty();
    assertThat(report.refused()).as("refused").isPositive();
  }
}
