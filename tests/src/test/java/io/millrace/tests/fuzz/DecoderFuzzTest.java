package io.millrace.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The short run; {@link Fuzz} is the long one. */
class DecoderFuzzTest {
  private static final FuzzSettings SETTINGS = FuzzSettings.ofSystemProperties(1_000);

  @TestFactory
  Stream<DynamicTest> whateverComesIsReadOrRefused(@TempDir Path scratch) throws IOException {
    Decoders decoders = new Decoders(scratch);
    return decoders.targets().stream()
        .filter(SETTINGS::wants)
        .map(target -> DynamicTest.dynamicTest(target.name(), () -> judge(target)))
        .onClose(decoders::close);
  }

  private static void judge(FuzzTarget target) throws InterruptedException {
    FuzzReport report = new Fuzzer(target, SETTINGS.seed()).run(SETTINGS.inputs());

    assertThat(report.findings()).as(report.line(SETTINGS.seed())).isEmpty();
    assertThat(report.refused()).as("refused").isPositive();
  }
}
