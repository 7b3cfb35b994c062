package io.millrace.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fuzzer that finds nothing may be one that cannot. */
@Timeout(60)
class FuzzerTest {
  private static final List<byte[]> CORPUS = List.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

  private static FuzzReport run(FuzzTarget.Decoder decoder) throws InterruptedException {
    FuzzTarget target =
        FuzzTarget.of("toy", CORPUS, decoder, List.of(IllegalArgumentException.class));
    return new Fuzzer(target, 7, Duration.ofSeconds(1)).run(200);
  }

  private static boolean isDamaged(byte[] bytes) {
    return bytes.length > 0 && bytes[0] < 0;
  }

  @Test
  void aDeclaredExceptionIsARefusalAndNothingElse() throws InterruptedException {
    FuzzReport report = run(bytes -> {
      if (isDamaged(bytes)) {
        throw new IllegalArgumentException("damaged");
      }
    });

    assertThat(report.findings()).isEmpty();
    assertThat(report.inputs()).isEqualTo(200);
    assertThat(report.refused()).isBetween(1L, 199L);
  }

  @Test
  void anotherExceptionIsFound() throws InterruptedException {
    FuzzReport report = run(bytes -> {
      if (isDamaged(bytes)) {
        throw new IllegalStateException("damaged");
      }
    });

    assertThat(report.findings())
        .isNotEmpty()
        .allSatisfy(
            finding -> assertThat(finding.toString()).contains("IllegalStateException: damaged"));
  }

  @Test
  void anOverflowOfTheStackIsFound() throws InterruptedException {
    FuzzReport report = run(bytes -> overflow(isDamaged(bytes)));

    assertThat(report.findings().get(0).what()).contains("StackOverflowError");
  }

  private static void overflow(boolean deeper) {
    if (deeper) {
      overflow(true);
    }
  }

  @Test
  void anAllocationOutOfProportionIsFound() throws InterruptedException {
    List<byte[]> kept = new ArrayList<>();
    FuzzReport report = run(bytes -> kept.add(new byte[isDamaged(bytes) ? 2_000_000 : 1]));

    assertThat(report.findings().get(0).what()).startsWith("allocates 2000");
  }

  @Test
  void anInputThatDoesNotComeBackIsFound() throws InterruptedException {
    FuzzReport report = run(bytes -> {
      while (isDamaged(bytes)) {
        LockSupport.park();
      }
    });

    assertThat(report.findings()).hasSize(1);
    assertThat(report.findings().get(0).what()).isEqualTo("does not come back");
    assertThat(report.findings().get(0).input()[0]).isNegative();
  }

  @Test
  void theSameSeedMakesTheSameInputs() throws InterruptedException {
    List<byte[]> once = new ArrayList<>();
    List<byte[]> again = new ArrayList<>();
    run(once::add);
    run(again::add);

    assertThat(once).hasSameSizeAs(again);
    for (int n = 0; n < once.size(); n++) {
      assertThat(again.get(n)).isEqualTo(once.get(n));
    }
  }
}
